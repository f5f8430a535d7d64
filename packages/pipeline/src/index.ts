export { openGeoDatabases } from './enrich/geo/open-geo-databases.ts';
export { type GeoLookup, NO_GEO, type UserAgentLookup } from './enrich/lookups.ts';
export { createUserAgentLookup } from './enrich/user-agents.ts';
export { createMetricPipeline, type MetricPipeline } from './metric-pipeline.ts';
export { createRecordPipeline, type RecordPipeline } from './record-pipeline.ts';
export { type PipelineFault, PipelineFaults, pipelineFaults } from './rules/compile-pipelines.ts';
export { LogRules, type RuledLogs } from './rules/log-rules.ts';
export { logMetricChanges } from './rules/metrics/log-metric-changes.ts';
export { type ImportedStages, importStages } from './rules/promtail/import-stages.ts';
export { traceRules } from './rules/trace-rules.ts';
export { validateCustomRule } from './scrub/custom-rules.ts';
export { createSecretRedactor } from './scrub/redact-secrets.ts';
export { ScrubTally } from './scrub/scrub-tally.ts';
export { createScrubber, type Scrubber } from './scrub/scrubber.ts';
export { SentNumbers } from './scrub/sent-numbers.ts';
export type { EventStage, LogStage, MetricStage, RumStage, SpanStage, Stage, StageContext } from './stage.ts';
export {
  EVENT_STAGES,
  LOG_READING_STAGES,
  LOG_SCRUB_STAGES,
  LOG_STAGES,
  METRIC_STAGES,
  RUM_STAGES,
  SPAN_STAGES,
} from './stages-by-signal.ts';
