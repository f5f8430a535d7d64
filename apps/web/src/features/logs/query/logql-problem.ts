import { parseQuery } from '@aegisguard/logql/syntax';
import { problemOfQuery } from '@aegisguard/model';
import { tokenizeLogQl } from './logql-tokens.ts';

/** Where a query is wrong, and why; `to` is beyond `from` wherever the query has a character there. */
export interface LogqlProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** What is underlined from a problem's place: the rest of the token there; at the end of the text its last character. */
function placeOf(query: string, position: number): Pick<LogqlProblem, 'from' | 'to'> {
  const token = tokenizeLogQl(query).find(
    ({ start, text, kind }) => kind !== 'space' && start + text.length > position,
  );
  return token === undefined
    ? { from: Math.max(0, Math.min(position, query.length) - 1), to: query.length }
    : { from: Math.max(position, token.start), to: token.start + token.text.length };
}

/** What the server would say of a query, found by the same parser; undefined for one that it would run. An empty query means all logs. */
export function logqlProblem(query: string): LogqlProblem | undefined {
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
