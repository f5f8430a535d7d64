import { problemOfQuery } from '@aegisguard/model';
import { parseQuery } from '@aegisguard/traceql/syntax';
import { coloredTraceQl } from './traceql-colors.ts';

/** Where a query is wrong, and why; `to` is beyond `from` wherever the query has a character there. */
export interface TraceqlProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** What is underlined from a problem's place: the rest of the token there; at the end of the text its last character. */
function placeOf(query: string, position: number): Pick<TraceqlProblem, 'from' | 'to'> {
  const token = coloredTraceQl(query).find(({ start, text }) => start + text.length > position && text.trim() !== '');
  return token === undefined
    ? { from: Math.max(0, Math.min(position, query.length) - 1), to: query.length }
    : { from: Math.max(position, token.start), to: token.start + token.text.length };
}

/** What the server would say of a query, found by the same parser; undefined for one that it would run. An empty query means all traces. */
export function traceqlProblem(query: string): TraceqlProblem | undefined {
  if (query.trim() === '') {
    return undefined;
  }
  try {
    parseQuery(query);
    return undefined;
  } catch (error) {
    const found = problemOfQuery(error);
    if (found === undefined) {
      throw error;
    }
    return { ...placeOf(query, found.position), message: found.problem };
  }
}
