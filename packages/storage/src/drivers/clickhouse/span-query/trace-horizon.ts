import { unixNanos } from '@aegisguard/model';
import { hourCondition } from '../minute-ranges.ts';
import type { SearchWindow } from '../search-windows.ts';

const HOUR_NANOS = 3_600_000_000_000n;
/** Spans further than this outside of the range, rounded to hours, are not looked for: partitions without end would have to be. */
const HORIZON_NANOS = 24n * HOUR_NANOS;

/** Where the spans of traces are looked for that have some in a range. It depends on the range alone, so that a trace is the same on every page; and is of whole hours, so that the projection by hours tells the same. */
export function horizonOf({ start, end }: SearchWindow): SearchWindow {
  return {
    start: unixNanos(hourAt(start - HORIZON_NANOS)),
    end: unixNanos(hourAt(end + HORIZON_NANOS - 1n) + HOUR_NANOS),
  };
}

/** The same as a condition on the hours of spans, as the projection `trace_extents` has them. */
export function horizonHours({ start, end }: SearchWindow): string {
  return hourCondition({ start, end: unixNanos(end - 1n) });
}

/** When the hour of a time begins. */
function hourAt(time: bigint): bigint {
  return time - (((time % HOUR_NANOS) + HOUR_NANOS) % HOUR_NANOS);
}
