import { evaluateLogQuery, type FoundLog, type LogQuery, type LogQueryPage } from '@aegisguard/logql';
import type { LogReader, OrgId, QueryBounds, QueryStats, UnixNanos } from '@aegisguard/model';

/** Logs and what they cost. */
export interface NewestLogs {
  readonly found: readonly FoundLog[];
  /** There are older ones. */
  readonly hasMore: boolean;
  readonly stats: QueryStats;
}

/** The newest logs that a query's pipeline lets through: what stands for all of them where every single one would have to be looked at. */
export async function newestLogs(
  reader: LogReader,
  orgId: OrgId,
  query: LogQuery,
  { start, end, limit }: { readonly start: UnixNanos; readonly end: UnixNanos; readonly limit: number },
  bounds: QueryBounds,
): Promise<NewestLogs> {
  const page = await evaluateLogQuery(reader, orgId, query, { start, end, limit, direction: 'backward' }, bounds);
  const { found, next, stats } = page as LogQueryPage;
  return { found, hasMore: next !== undefined, stats };
}
