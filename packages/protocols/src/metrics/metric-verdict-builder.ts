import { AegisError } from '@aegisguard/model';
import type { RecordFault, RecordRejection } from '../records/record-rejection.ts';
import { DATA_POINTS_MAX, INCREMENTS_MAX } from './metric-limits.ts';
import type { MetricVerdict, SeriesGate } from './metric-verdict.ts';

/** What a data point can be. */
export type DataPointKind = 'samples' | 'histograms' | 'exemplars';

/** Collects the verdicts on a batch's data points, in their order. */
export class MetricVerdictBuilder {
  readonly #gate: SeriesGate;
  readonly #rejected: RecordRejection[] = [];
  readonly #accepted = { samples: 0, histograms: 0, exemplars: 0 };
  #total = 0;
  #increments = 0;

  constructor(gate: SeriesGate) {
    this.#gate = gate;
  }

  /** `increments`: how many of its samples are still to be added up. */
  accept(kind: DataPointKind, increments = 0): void {
    this.#count();
    this.#increments += increments;
    if (this.#increments > INCREMENTS_MAX) {
      throw new AegisError('batch-too-large', {
        detail: `A batch has at most ${INCREMENTS_MAX} increments of delta temporality; each bucket of a histogram is one.`,
        members: { limit: INCREMENTS_MAX },
      });
    }
    this.#accepted[kind] += 1;
  }

  reject(fault: RecordFault): void {
    this.#count();
    this.#rejected.push({ index: this.#total - 1, path: fault.path, message: fault.message, code: fault.code });
  }

  /** Whether a series may be active; to be asked last, because a series that is admitted counts. */
  admits(seriesId: bigint): boolean {
    return this.#gate.admit(seriesId);
  }

  finish(): MetricVerdict {
    return { total: this.#total, rejected: this.#rejected, accepted: this.#accepted };
  }

  #count(): void {
    this.#total += 1;
    if (this.#total > DATA_POINTS_MAX) {
      throw new AegisError('batch-too-large', {
        detail: `A batch has at most ${DATA_POINTS_MAX} data points.`,
        members: { limit: DATA_POINTS_MAX },
      });
    }
  }
}

/** The fault of a series that is one too many. */
export const TOO_MANY_SERIES: RecordFault = {
  path: '',
  message: 'the organization has as many active series as it may have, and this would be a new one',
  code: 'too-many-series',
};
