import { AegisError } from '@aegisguard/model';

/** As many as Prometheus gives, after 11,000 steps: enough for a point a minute over a week. */
const POINTS_MAX = 11_001;

/** When a query is evaluated. */
export interface QueryWindow {
  /** Unix ms. */
  readonly startMs: number;
  /** Inclusive; the same as `startMs` for an instant query. */
  readonly endMs: number;
  /** > 0; does not matter to an instant query. */
  readonly stepMs: number;
}

/** The times of a window, `startMs` and every step after it up to and including `endMs`. Throws `query-not-runnable` for too many. */
export function gridTimes({ startMs, endMs, stepMs }: QueryWindow): Float64Array {
  const points = Math.floor((endMs - startMs) / stepMs) + 1;
  if (points > POINTS_MAX) {
    throw new AegisError('query-not-runnable', {
      detail: `This step makes ${points} points of a series, more than ${POINTS_MAX}; choose a longer step or a shorter time.`,
      members: { limit: POINTS_MAX },
    });
  }
  return Float64Array.from({ length: points }, (_, index) => startMs + index * stepMs);
}
