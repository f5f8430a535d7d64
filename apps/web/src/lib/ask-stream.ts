import { Problem } from '@aegisguard/model';
import { ApiError, parseRetryAfter } from './api-error.ts';
import { noteServerDate } from './server-clock.ts';

/** An answer that is read as it comes. Throws `ApiError` for any that is no success, or what `fetch` throws when the signal is aborted. */
export async function askStream(
  address: string,
  init: RequestInit & { readonly signal: AbortSignal },
): Promise<Response> {
  const response = await fetch(address, init).catch((cause: unknown) => {
    throw init.signal.aborted ? cause : new ApiError('network', 'The server cannot be reached', { cause });
  });
  noteServerDate(response.headers.get('date'), Date.now());
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

async function problemOf(response: Response): Promise<ApiError> {
  const parsed = Problem.safeParse(await response.json().catch(() => undefined));
  return parsed.success
    ? ApiError.fromProblem(parsed.data, parseRetryAfter(response.headers.get('retry-after'), Date.now()))
    : new ApiError('unexpected-answer', `The server answered with ${response.status}`, { status: response.status });
}
