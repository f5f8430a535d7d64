import type { LogLine } from '@aegisguard/model';
import type { ResultLabels } from '../../pipeline/result-labels.ts';

/** What a log is for a range aggregation. */
export interface LineSample {
  readonly value: number;
  readonly labels: ResultLabels;
  /** Whether the pipeline failed for it, and the query asks for such logs. */
  readonly hasError: boolean;
}

/** Makes samples of logs. */
export interface LineSampler {
  /** The sample of a log; undefined when it has none. Valid until the next call. */
  sample(log: LogLine): LineSample | undefined;
}
