/** Steps between two points of a chart, in seconds. */
const STEPS: readonly (readonly [seconds: number, text: string])[] = [
  [10, '10s'],
  [30, '30s'],
  [60, '1m'],
  [300, '5m'],
  [900, '15m'],
  [3600, '1h'],
  [10_800, '3h'],
  [86_400, '1d'],
];

/** Points that a chart should about have. */
const POINTS = 120;

/** The least step that gives a span no more points than a chart needs. */
export function chartStep(spanMs: number): string {
  const wanted = spanMs / 1000 / POINTS;
  return STEPS.find(([seconds]) => seconds >= wanted)?.[1] ?? '1d';
}

/** A query for numbers: how many logs the query finds, by level. `every` is a duration of LogQL, or a variable that stands for one. */
export function countQuery(query: string, every: string): string {
  const text = query.trim() === '' ? '{}' : query.trim();
  // A comment at the end must not swallow what follows.
  const separator = text.includes('#') ? '\n' : ' ';
  return `sum by (level) (count_over_time(${text}${separator}[${every}]))`;
}
