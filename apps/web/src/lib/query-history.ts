import { z } from 'zod';
import { readStored, writeStored } from './stored-value.ts';

/** How many queries are remembered. */
export const HISTORY_MAX = 30;

const Stored = z.array(z.string().max(20_000)).max(HISTORY_MAX);

/** Whose queries: each language has its own. */
export type QueryHistory = 'queries' | 'trace-queries';

function keyOf(history: QueryHistory, orgId: string): string {
  return `aegis.${history}.${orgId}`;
}

/** The newest first, each once, without the empty query. */
export function withNewest(history: readonly string[], query: string): readonly string[] {
  const text = query.trim();
  return text === '' ? history : [text, ...history.filter((each) => each !== text)].slice(0, HISTORY_MAX);
}

/** The queries that were run in this organization from this browser. */
export function readHistory(history: QueryHistory, orgId: string): readonly string[] {
  return readStored(keyOf(history, orgId), Stored, []);
}

/** Remembers a query that was run. */
export function rememberQuery(history: QueryHistory, orgId: string, query: string): void {
  writeStored(keyOf(history, orgId), withNewest(readHistory(history, orgId), query));
}
