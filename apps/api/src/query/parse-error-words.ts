import { AegisError, problemOfQuery } from '@aegisguard/model';

/** What was thrown, but for a query that does not parse: of that the line and the column are said, from 1, as Loki and Tempo say them; `before` in front. */
export function inParserWords(query: string, error: unknown, before = ''): unknown {
  const found = problemOfQuery(error);
  if (found === undefined) {
    return error;
  }
  const lines = query.slice(0, found.position).split('\n');
  const place = `line ${lines.length}, col ${(lines.at(-1) ?? '').length + 1}`;
  return new AegisError('invalid-query', {
    detail: `${before}parse error at ${place}: ${found.problem}`,
    cause: error,
  });
}
