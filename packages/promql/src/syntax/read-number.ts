// https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
const HEX = /0[xX](?:_?[0-9a-fA-F])+/y;
const DECIMAL = /(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?/y;
/** Units in any order and combination: whether they are a duration is seen when they are counted. */
const DURATION = /(?:\d+[smhdwy]s?)+/y;
const REST = /[0-9A-Za-z_.]*/y;

function endOf(pattern: RegExp, query: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(query) ? pattern.lastIndex : from;
}

/** What begins with a digit or a point: a number, a duration, or neither (no kind). */
export function readNumber(
  query: string,
  from: number,
): { readonly kind?: 'number' | 'duration'; readonly end: number } {
  const end = endOf(REST, query, from);
  const number = Math.max(endOf(HEX, query, from), endOf(DECIMAL, query, from));
  if (number > from && endOf(REST, query, number) === number) {
    return { kind: 'number', end: number };
  }
  const duration = endOf(DURATION, query, from);
  return duration > from && duration === end ? { kind: 'duration', end } : { end: Math.max(end, from + 1) };
}
