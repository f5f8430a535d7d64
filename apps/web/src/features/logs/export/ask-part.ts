import { LOG_ROUTES } from '@aegisguard/model';
import { askStream } from '../../../lib/ask-stream.ts';
import { withToken } from '../../../lib/call-route.ts';
import type { AskPart, ExportQuestion } from './export-logs.ts';

/** Asks the server for parts of an export. */
export function askPartOf(orgId: string, question: ExportQuestion, signal: AbortSignal): AskPart {
  const { method, path } = LOG_ROUTES.exportLogs;
  return (after) =>
    withToken(async (token) => {
      const { body } = await askStream(path, {
        method,
        headers: { 'x-org-id': orgId, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...question, ...(after === undefined ? {} : { after }) }),
        signal,
      });
      return body ?? new Blob().stream();
    });
}
