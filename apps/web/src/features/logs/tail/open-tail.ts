import { LOG_ROUTES, Problem } from '@aegisguard/model';
import { ApiError, parseRetryAfter } from '../../../lib/api-error.ts';
import { withToken } from '../../../lib/call-route.ts';
import { addressOf } from '../../../lib/send-route.ts';
import { noteServerDate } from '../../../lib/server-clock.ts';
import { askedQuery } from '../logs-api.ts';

/** Where a tail begins: with what is stored since a time, or behind the last event of the one before. */
export interface TailStart {
  readonly since: string;
  readonly lastId: string;
}

/** Opens the stream of a tail; throws `ApiError`, or what `fetch` throws when the signal is aborted. */
export type OpenTail = (start: TailStart, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

/** Stored lines that a tail begins with. */
const FIRST_LINES = 100;

async function problemOf(response: Response): Promise<ApiError> {
  const parsed = Problem.safeParse(await response.json().catch(() => undefined));
  return parsed.success
    ? ApiError.fromProblem(parsed.data, parseRetryAfter(response.headers.get('retry-after'), Date.now()))
    : new ApiError('unexpected-answer', `The server answered with ${response.status}`, { status: response.status });
}

/** The tail of a query, with the session's token in a header: the browser's own `EventSource` sends none. */
export function tailOf(orgId: string, query: string): OpenTail {
  const { path } = LOG_ROUTES.tailLogs;
  return ({ since, lastId }, signal) =>
    withToken(async (token) => {
      const address = addressOf(path, {
        query: { query: askedQuery(query), ...(lastId === '' ? { start: since, limit: FIRST_LINES } : {}) },
      });
      const response = await fetch(address, {
        headers: {
          accept: 'text/event-stream',
          'x-org-id': orgId,
          authorization: `Bearer ${token}`,
          ...(lastId === '' ? {} : { 'last-event-id': lastId }),
        },
        cache: 'no-store',
        signal,
      }).catch((cause: unknown) => {
        throw signal.aborted ? cause : new ApiError('network', 'The server cannot be reached', { cause });
      });
      noteServerDate(response.headers.get('date'), Date.now());
      if (!response.ok || response.body === null) {
        throw await problemOf(response);
      }
      return response.body;
    });
}
