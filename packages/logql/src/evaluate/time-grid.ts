import { AegisError, formatDuration, type UnixNanos } from '@aegisguard/model';

/** As many as Prometheus and Loki give: enough for a point a minute over a week. */
const POINTS_MAX = 11_000;

/** The times at which a query is evaluated: `start`, and every `step` after it. */
export interface TimeGrid {
  /** Unix nanoseconds. */
  readonly start: UnixNanos;
  /** Nanoseconds, > 0; has no meaning where there is one point. */
  readonly step: bigint;
  /** At least one. */
  readonly points: number;
}

/** Lays out a query: one point at `start` and at every `step` after it up to and including `end`; of an instant query, the step may be 0. Throws `query-not-runnable` for too many. */
export function layOutGrid(start: UnixNanos, end: UnixNanos, step: bigint): TimeGrid {
  if (start === end) {
    return { start, step: step > 0n ? step : 1n, points: 1 };
  }
  if (step <= 0n) {
    throw new AegisError('invalid-request', { detail: 'The step must be longer than 0.' });
  }
  const points = (end - start) / step + 1n;
  if (points > POINTS_MAX) {
    throw new AegisError('query-not-runnable', {
      detail: `A step of ${formatDuration(step)} makes ${points} points of a series, more than ${POINTS_MAX}; choose a longer step or a shorter time.`,
      members: { limit: POINTS_MAX },
    });
  }
  return { start, step, points: Number(points) };
}
