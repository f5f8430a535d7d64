import { problemOfQuery } from '@aegisguard/model';
import { parseQuery, type TraceQuery } from '@aegisguard/traceql/syntax';

/** What a parser makes of a text; undefined for one that it refuses. */
export function parsedOrNone<Tree>(parse: () => Tree): Tree | undefined {
  try {
    return parse();
  } catch (error) {
    if (problemOfQuery(error) === undefined) {
      throw error;
    }
    return undefined;
  }
}

/** A query as it is read; undefined for one that cannot be. */
export function parsedQuery(query: string): TraceQuery | undefined {
  return parsedOrNone(() => parseQuery(query));
}
