import type { LogStage, MetricStage, RumStage, SpanStage } from './stage.ts';
import { logClient, rumClient, spanClient } from './stages/client.ts';
import { levels } from './stages/levels.ts';
import { traceIds } from './stages/trace-ids.ts';

/**
 * The stages that every log goes through, in this order. Decoding has settled the record's shape and its time; stages settle what the content means. To add one: its
 * file, test and samples in `stages/`, and its line here.
 */
export const LOG_STAGES: readonly LogStage[] = [levels, traceIds, logClient];

/** The same for spans, whose ids and times decoding has settled. */
export const SPAN_STAGES: readonly SpanStage[] = [spanClient];

/** The same for events of browser sessions. */
export const RUM_STAGES: readonly RumStage[] = [rumClient];

/** The same for batches of metrics. */
export const METRIC_STAGES: readonly MetricStage[] = [];
