import type { Route } from '@aegisguard/model';
import { ApiError } from './api-error.ts';
import { currentToken, replaceToken } from './refresh-session.ts';
import { type Answered, type RouteCall, sendRoute } from './send-route.ts';
import { openSession } from './session.ts';

function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && error.code === 'unauthorized';
}

/**
 * Calls a route of the table with the session's token and parses its answer; throws `ApiError`, or axios's cancellation when the signal is aborted. A token that the server no longer takes is replaced once, and the call
 * repeated; where there is no new one, the session has ended.
 */
export async function callRoute<R extends Route>(route: R, call: RouteCall<R>): Promise<Answered<R>> {
  if (route.access.kind === 'public' || route.access.kind === 'half-login') {
    return sendRoute(route, call, { accessToken: openSession()?.accessToken });
  }
  const accessToken = await currentToken();
  if (accessToken === undefined) {
    throw new ApiError('unauthorized', 'Your session has ended', { status: 401 });
  }
  try {
    return await sendRoute(route, call, { accessToken });
  } catch (error) {
    const next = isRefused(error) ? await replaceToken(accessToken) : undefined;
    if (next === undefined || next === accessToken) {
      throw error;
    }
    return sendRoute(route, call, { accessToken: next });
  }
}
