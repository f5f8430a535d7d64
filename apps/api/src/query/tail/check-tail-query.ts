import { type LogQuery, parseQuery } from '@aegisguard/logql';
import { AegisError } from '@aegisguard/model';

/** The query of a tail, parsed. Throws `invalid-query`, or `query-not-runnable` for one that gives numbers. */
export function checkTailQuery(text: string): LogQuery {
  const query = parseQuery(text);
  if (query.kind !== 'log-query') {
    throw new AegisError('query-not-runnable', {
      detail: 'A live tail shows lines: ask for logs, not for numbers over them.',
    });
  }
  return query;
}
