import { AegisError, problemOfQuery } from '@aegisguard/model';

/** A parameter that does not say what it should, in Prometheus's words. */
export function invalidParameter(name: string, problem: string): AegisError {
  return new AegisError('invalid-request', { detail: `invalid parameter ${JSON.stringify(name)}: ${problem}` });
}

/** What was thrown, but for a query that does not parse: of that the line and the column are said, from 1, as Prometheus says them. */
export function inPrometheusWords(name: string, query: string, error: unknown): unknown {
  const found = problemOfQuery(error);
  if (found === undefined) {
    return error;
  }
  const lines = query.slice(0, found.position).split('\n');
  const place = `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
  return new AegisError('invalid-query', {
    detail: `invalid parameter ${JSON.stringify(name)}: ${place}: parse error: ${found.problem}`,
    cause: error,
  });
}
