import { evaluateLogQuery, type LogQuery } from '@aegisguard/logql';
import { type LogReader, nanosFromMs, type OrgId, type QueryBounds, type UnixNanos } from '@aegisguard/model';
import { tailedLine } from '../../platform/tailed-line.ts';
import type { TailLine } from './tail-lines.ts';

/** Which stored lines a tail begins with. */
export interface StoredLinesWish {
  /** Inclusive. */
  readonly start: UnixNanos;
  /** Exclusive. */
  readonly end: UnixNanos;
  /** The newest ones. */
  readonly limit: number;
}

/** How far ahead of its arrival a log's time may be (contract §6, "Records"). */
const AHEAD_MS = 86_400_000;

/** When the stored lines of a tail are that begins at a time; undefined when there can be none. */
export function storedWindow(start: UnixNanos, nowMs: number): Pick<StoredLinesWish, 'start' | 'end'> | undefined {
  const end = nanosFromMs(nowMs + AHEAD_MS + 1);
  return start < end ? { start, end } : undefined;
}

/** Stored lines that a query selects, oldest first. The errors of a search. */
export async function storedLines(
  reader: LogReader,
  orgId: OrgId,
  query: LogQuery,
  wish: StoredLinesWish,
  bounds: QueryBounds,
): Promise<readonly TailLine[]> {
  const answer = await evaluateLogQuery(reader, orgId, query, { ...wish, direction: 'backward' }, bounds);
  const found = answer.kind === 'logs' ? answer.found : [];
  return found.map((each) => ({ ...tailedLine(each), batchId: each.log.position.batchId })).reverse();
}
