// https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
const HEX = /0[xX](?:_?[0-9a-fA-F])+/y;
const DECIMAL = /(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?/y;
/** Units in any order and combination: whether they are a duration is seen when they are counted. */
const DURATION = /(?:\d+[smhdwy]s?)+/y;
/** What may go on behind digits, and the character that goes too far. */
const WRONG = /(?:[smhdwy]s?(?:\d+[smhdw]s?)*\w?)?/y;
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
  const number = Math.max(endOf(HEX, query, from), endOf(DECIMAL, query, from));
  if (number > from && endOf(REST, query, number) === number) {
    return { kind: 'number', end: number };
  }
  const duration = endOf(DURATION, query, from);
  if (duration > from && duration === endOf(REST, query, from)) {
    return { kind: 'duration', end: duration };
  }
  return { end: Math.max(endOf(WRONG, query, number), from + 1) };
}
