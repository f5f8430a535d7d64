import { LOG_ROUTES } from '@aegisguard/model';
import { askStream } from '../../../lib/ask-stream.ts';
import { withToken } from '../../../lib/call-route.ts';
import { addressOf } from '../../../lib/send-route.ts';
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

/** The tail of a query, with the session's token in a header: the browser's own `EventSource` sends none. */
export function tailOf(orgId: string, query: string): OpenTail {
  const { path } = LOG_ROUTES.tailLogs;
  return ({ since, lastId }, signal) =>
    withToken(async (token) => {
      const address = addressOf(path, {
        query: { query: askedQuery(query), ...(lastId === '' ? { start: since, limit: FIRST_LINES } : {}) },
      });
      const { body } = await askStream(address, {
        headers: {
          accept: 'text/event-stream',
          'x-org-id': orgId,
          authorization: `Bearer ${token}`,
          ...(lastId === '' ? {} : { 'last-event-id': lastId }),
        },
        cache: 'no-store',
        signal,
      });
      return body ?? new Blob().stream();
    });
}
