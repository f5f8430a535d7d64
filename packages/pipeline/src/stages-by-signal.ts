import type { EventStage, LogStage, MetricStage, RumStage, SpanStage } from './stage.ts';
import { logClient, rumClient, spanClient } from './stages/client.ts';
import { eventCountry } from './stages/event-country.ts';
import { exceptions } from './stages/exceptions.ts';
import { levels } from './stages/levels.ts';
import { liftMessage } from './stages/lift-message.ts';
import { scrubEvent } from './stages/scrub-event.ts';
import { scrubLog } from './stages/scrub-log.ts';
import { scrubMetrics } from './stages/scrub-metrics.ts';
import { scrubRum } from './stages/scrub-rum.ts';
import { scrubSpan } from './stages/scrub-span.ts';
import { traceIds } from './stages/trace-ids.ts';

/** The stages that read what a log says; each fills only what is empty, so a log whose message was replaced may go through them again. */
export const LOG_READING_STAGES: readonly LogStage[] = [liftMessage, levels, traceIds, exceptions, logClient];

/** The last one: what an organization's rules make of a log is scrubbed, too. */
export const LOG_SCRUB_STAGES: readonly LogStage[] = [scrubLog];

/**
 * The stages that every log goes through, in this order. Decoding has settled the record's shape and its time; stages settle what the content means. To add one: its
 * file, test and samples in `stages/`, and its line above.
 */
export const LOG_STAGES: readonly LogStage[] = [...LOG_READING_STAGES, ...LOG_SCRUB_STAGES];

/** The same for spans, whose ids and times decoding has settled. */
export const SPAN_STAGES: readonly SpanStage[] = [spanClient, scrubSpan];

/** The same for events of browser sessions. */
export const RUM_STAGES: readonly RumStage[] = [rumClient, scrubRum];

/** The same for security events. */
export const EVENT_STAGES: readonly EventStage[] = [eventCountry, scrubEvent];

/** The same for batches of metrics. */
export const METRIC_STAGES: readonly MetricStage[] = [scrubMetrics];
