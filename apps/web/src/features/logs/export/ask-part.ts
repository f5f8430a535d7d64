import { LOG_ROUTES, Problem } from '@aegisguard/model';
import { ApiError } from '../../../lib/api-error.ts';
import { withToken } from '../../../lib/call-route.ts';
import type { AskPart, ExportQuestion } from './export-logs.ts';

async function problemOf(response: Response): Promise<ApiError> {
  const parsed = Problem.safeParse(await response.json().catch(() => undefined));
  return parsed.success
    ? ApiError.fromProblem(parsed.data, undefined)
    : new ApiError('unexpected-answer', `The server answered with ${response.status}`, { status: response.status });
}

/** Asks the server for parts of an export. */
export function askPartOf(orgId: string, question: ExportQuestion, signal: AbortSignal): AskPart {
  const { method, path } = LOG_ROUTES.exportLogs;
  return (after) =>
    withToken(async (token) => {
      const response = await fetch(path, {
        method,
        headers: { 'x-org-id': orgId, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...question, ...(after === undefined ? {} : { after }) }),
        signal,
      }).catch((cause: unknown) => {
        throw signal.aborted ? cause : new ApiError('network', 'The server cannot be reached', { cause });
      });
      if (!response.ok || response.body === null) {
        throw await problemOf(response);
      }
      return response.body;
    });
}
