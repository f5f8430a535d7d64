import { evaluateLogQuery, type FoundLog, type LogQuery, type LogQueryPage } from '@aegisguard/logql';
import {
  AegisError,
  type LogDirection,
  type LogReader,
  type OrgId,
  type QueryBounds,
  totalStats,
} from '@aegisguard/model';
import { oneDeadline } from '../one-deadline.ts';
import { LINES_MAX, type LokiRange } from './read-parameters.ts';

/** What is wanted of a log query. */
export interface LogWish extends LokiRange {
  readonly limit: number;
  readonly direction: LogDirection;
  /** Least nanoseconds between two logs; 0 for all. */
  readonly interval: bigint;
}

/** Logs of a query, no two of them nearer than the interval. */
export async function thinnedLogs(
  reader: LogReader,
  orgId: OrgId,
  query: LogQuery,
  { interval, ...wish }: LogWish,
  bounds: QueryBounds,
): Promise<Pick<LogQueryPage, 'found' | 'stats'>> {
  const found: FoundLog[] = [];
  let stats = totalStats([]);
  let after: LogQueryPage['next'];
  const boundsLeft = oneDeadline(bounds);
  do {
    const window = {
      ...wish,
      limit: interval === 0n ? wish.limit : LINES_MAX,
      ...(after === undefined ? {} : { after }),
    };
    const page = await evaluateLogQuery(reader, orgId, query, window, boundsLeft());
    if (page.kind !== 'logs') {
      break;
    }
    if (page.next !== undefined && page.found.length < window.limit) {
      // Time was over before there were enough, and this API has no cursor that would go on.
      throw new AegisError('query-timeout');
    }
    stats = totalStats([stats, page.stats]);
    addThinned(found, page.found, interval, wish.limit);
    after = page.next;
  } while (interval > 0n && after !== undefined && found.length < wish.limit);
  return { found, stats };
}

/** Adds logs up to the limit, each at least the interval away from the one before. */
function addThinned(to: FoundLog[], logs: readonly FoundLog[], interval: bigint, limit: number): void {
  for (const log of logs) {
    if (to.length === limit) {
      return;
    }
    const last = to.at(-1);
    if (last === undefined || distance(timeOf(log), timeOf(last)) >= interval) {
      to.push(log);
    }
  }
}

function timeOf({ log }: FoundLog): bigint {
  return log.position.timestamp;
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}
