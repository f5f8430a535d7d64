import { compilePipeline, type LogQuery, parseLogQuery } from '@aegisguard/logql';

/** The query of a tail, parsed. Throws `invalid-query` for what does not parse, gives numbers, or cannot be made ready in the threads. */
export function checkTailQuery(text: string, allowsAnyStream: boolean): LogQuery {
  const query = parseLogQuery(text, { allowsAnyStream });
  compilePipeline(query.stages);
  return query;
}
