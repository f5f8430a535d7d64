import type { TimeGrid } from '../../../charts/metrics/prepare-frame.ts';
import { shellWord } from '../../../lib/shell-word.ts';

/** A command that asks the same over Prometheus's API, with a query key of the organization in `AEGIS_KEY`. */
export function queryCurl(origin: string, query: string, { startMs, endMs, stepMs }: TimeGrid): string {
  return [
    `curl -sS ${shellWord(`${origin}/prometheus/api/v1/query_range`)} \\`,
    `  -H "authorization: Bearer $AEGIS_KEY" \\`,
    `  --data-urlencode ${shellWord(`query=${query}`)} \\`,
    `  -d start=${startMs / 1000} -d end=${endMs / 1000} -d step=${stepMs / 1000}`,
  ].join('\n');
}
