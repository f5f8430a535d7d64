import type { Signal } from './ingest-envelope.ts';
import type { QueryBounds } from './log-reader.ts';
import type { OrgId } from './org-id.ts';

/** How often something was found at a place, and what was done. Never a value. */
export interface ScrubCount {
  readonly orgId: OrgId;
  /** Unix ms, the minute's beginning. */
  readonly minuteMs: number;
  readonly signal: Signal;
  /** A `DetectorName`, or `custom:<name of the rule>`. */
  readonly detector: string;
  /** A `ScrubStrategy`, or `truncate`. */
  readonly strategy: string;
  /** Path of the field, scrubbed itself: `message`, `attributes.user.email`, `events[].attributes.x`, `labels.path`. `(other)` when there are too many. */
  readonly place: string;
  readonly count: number;
}

/** Keeps and reads what was found. */
export interface ScrubCountStore {
  /** Adds to what is kept. What a crash cuts off is lost: these are for people, not for bills. */
  addScrubCounts(counts: readonly ScrubCount[]): Promise<void>;
  /**
   * Sums per step (whole minutes), signal, detector, strategy and place; `fromMs` inclusive, `toMs` exclusive. `minuteMs` of the answer is the step's beginning. Of more than `placesMax` different signals, detectors, strategies and
   * places in the range, the rarest have their places summed as `(other)`.
   */
  readScrubCounts(
    orgId: OrgId,
    range: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number; readonly placesMax: number },
    bounds: QueryBounds,
  ): Promise<readonly Omit<ScrubCount, 'orgId'>[]>;
}
