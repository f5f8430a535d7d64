import { unixNanos } from '@aegisguard/model';
import type { SearchWindow } from '../search-windows.ts';

/** Spans further than this outside of the range are not looked for: partitions without end would have to be. */
const HORIZON_NANOS = 24n * 3_600_000_000_000n;

/** Where the spans of traces are looked for that have some in a range. It depends on the range alone, so that a trace is the same on every page. */
export function horizonOf({ start, end }: SearchWindow): SearchWindow {
  return { start: unixNanos(start - HORIZON_NANOS), end: unixNanos(end + HORIZON_NANOS) };
}
