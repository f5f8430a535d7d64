import { LOG_ROUTES, type LogDirection } from '@aegisguard/model';
import { routeCurl } from '../../../lib/route-curl.ts';
import { askedRange, type ResolvedRange } from '../../../lib/time-range.ts';

/** What is asked. */
export interface CurlQuestion {
  readonly query: string;
  readonly range: ResolvedRange;
  readonly direction: LogDirection;
}

/** A command that asks for what the page shows. */
export function logsCurl(origin: string, orgId: string, { query, range, direction }: CurlQuestion): string {
  const body = { query: query.trim() === '' ? '{}' : query, ...askedRange(range), limit: 100, direction };
  return routeCurl(origin, orgId, LOG_ROUTES.searchLogs, body);
}
