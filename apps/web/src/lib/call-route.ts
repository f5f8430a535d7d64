import type { Route } from '@aegisguard/model';
import { ApiError } from './api-error.ts';
import { currentToken, replaceToken } from './refresh-session.ts';
import { type Answered, type RouteCall, sendRoute } from './send-route.ts';
import { openSession } from './session.ts';

function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && error.code === 'unauthorized';
}

/** Sends something with the session's token. One that the server no longer takes is replaced once, and it is sent again; where there is no new one, the session has ended. */
export async function withToken<T>(send: (accessToken: string) => Promise<T>): Promise<T> {
  const accessToken = await currentToken();
  if (accessToken === undefined) {
    throw new ApiError('unauthorized', 'Your session has ended', { status: 401 });
  }
  try {
    return await send(accessToken);
  } catch (error) {
    const next = isRefused(error) ? await replaceToken(accessToken) : undefined;
    if (next === undefined || next === accessToken) {
      throw error;
    }
    return send(next);
  }
}

/** Calls a route of the table, with the session's token where it needs one, and parses its answer; throws `ApiError`, or axios's cancellation when the signal is aborted. */
export async function callRoute<R extends Route>(route: R, call: RouteCall<R>): Promise<Answered<R>> {
  if (route.access.kind === 'public' || route.access.kind === 'half-login') {
    return sendRoute(route, call, { accessToken: openSession()?.accessToken });
  }
  return withToken((accessToken) => sendRoute(route, call, { accessToken }));
}
