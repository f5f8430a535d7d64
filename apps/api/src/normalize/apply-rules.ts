import type { LogMetricChange, LogRecord } from '@aegisguard/model';
import {
  createRecordPipeline,
  LOG_READING_STAGES,
  LOG_SCRUB_STAGES,
  LOG_STAGES,
  type LogRules,
  logMetricChanges,
  type StageContext,
} from '@aegisguard/pipeline';

/** What rules did to a batch. */
export interface RuledCounts {
  /** Logs that they dropped. */
  readonly dropped: number;
  /** Times that one could not be applied to a log. */
  readonly failed: number;
}

/** What logs of a batch do to metrics. */
export interface MeasuredLogs {
  /** One for a series. */
  readonly changes: readonly LogMetricChange[];
  /** Times that a log would have changed one series too many for a batch. */
  readonly left: number;
}

const all = createRecordPipeline(LOG_STAGES);
const reading = createRecordPipeline(LOG_READING_STAGES);
const scrubbing = createRecordPipeline(LOG_SCRUB_STAGES);

/** Every log through its stages; where the organization has rules, these come before scrubbing. The logs that are to be stored. */
export function runLogStages(
  records: readonly LogRecord[],
  context: StageContext,
  rules: LogRules | undefined,
): { readonly records: readonly LogRecord[]; readonly ruled?: RuledCounts; readonly measured?: MeasuredLogs } {
  if (rules === undefined) {
    all.run(records, context);
    return { records };
  }
  reading.run(records, context);
  const { records: kept, rewritten, dropped, failed, metrics } = rules.run(records, context.envelope);
  reading.run(rewritten, context);
  rules.keep(kept);
  scrubbing.run(kept, context);
  const ruled = { dropped: sum(dropped), failed: sum(failed) };
  if (metrics.isEmpty) {
    return { records: kept, ruled };
  }
  return { records: kept, ruled, measured: { changes: logMetricChanges(metrics, context), left: metrics.left } };
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
