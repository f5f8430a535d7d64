export { type GeoLookup, NO_GEO, type UserAgentLookup } from './enrich/lookups.ts';
export { createUserAgentLookup } from './enrich/user-agents.ts';
export { createMetricPipeline, type MetricPipeline } from './metric-pipeline.ts';
export { createRecordPipeline, type RecordPipeline } from './record-pipeline.ts';
export { validateCustomRule } from './scrub/custom-rules.ts';
export { ScrubTally } from './scrub/scrub-tally.ts';
export { createScrubber, type Scrubber } from './scrub/scrubber.ts';
export type { LogStage, MetricStage, RumStage, SpanStage, Stage, StageContext } from './stage.ts';
export { LOG_STAGES, METRIC_STAGES, RUM_STAGES, SPAN_STAGES } from './stages-by-signal.ts';
