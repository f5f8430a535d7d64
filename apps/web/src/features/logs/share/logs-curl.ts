import { LOG_ROUTES, type LogDirection } from '@aegisguard/model';
import { shellWord } from '../../../lib/shell-word.ts';
import { askedRange, type ResolvedRange } from '../../../lib/time-range.ts';

/** What is asked. */
export interface CurlQuestion {
  readonly query: string;
  readonly range: ResolvedRange;
  readonly direction: LogDirection;
}

/** A command that asks the same as the page, for a person who has put an access token into `AEGIS_TOKEN`: none is written into the clipboard. */
export function logsCurl(origin: string, orgId: string, { query, range, direction }: CurlQuestion): string {
  const { method, path } = LOG_ROUTES.searchLogs;
  const body = { query: query.trim() === '' ? '{}' : query, ...askedRange(range), limit: 100, direction };
  return [
    `curl -sS -X ${method} ${shellWord(`${origin}${path}`)} \\`,
    `  -H "authorization: Bearer $AEGIS_TOKEN" \\`,
    `  -H ${shellWord(`x-org-id: ${orgId}`)} \\`,
    `  -H 'content-type: application/json' \\`,
    `  --data-raw ${shellWord(JSON.stringify(body))}`,
  ].join('\n');
}
