import type { QueryWindow } from '../time-grid.ts';

const MS_PER_SECOND = 1000;

/** Functions that are about the query itself: its start, end, range and step in seconds. Of one point alone there is no step. */
const QUERY_SCALARS: Readonly<Record<string, (window: QueryWindow) => number>> = {
  start: ({ startMs }) => startMs / MS_PER_SECOND,
  end: ({ endMs }) => endMs / MS_PER_SECOND,
  range: ({ startMs, endMs }) => (endMs - startMs) / MS_PER_SECOND,
  step: ({ startMs, endMs, stepMs }) => (startMs === endMs ? 0 : stepMs / MS_PER_SECOND),
};

/** What such a function gives; undefined for other functions. */
export function queryScalar(name: string, window: QueryWindow): number | undefined {
  return Object.hasOwn(QUERY_SCALARS, name) ? QUERY_SCALARS[name]?.(window) : undefined;
}
