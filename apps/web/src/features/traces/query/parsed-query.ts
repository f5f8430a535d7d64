import { problemOfQuery } from '@aegisguard/model';
import { parseQuery, type TraceQuery } from '@aegisguard/traceql/syntax';

/** A query as it is read; undefined for one that cannot be. */
export function parsedQuery(query: string): TraceQuery | undefined {
  try {
    return parseQuery(query);
  } catch (error) {
    if (problemOfQuery(error) === undefined) {
      throw error;
    }
    return undefined;
  }
}
