import { Problem } from '@aegisguard/model';
import axios, { AxiosError, type AxiosResponse } from 'axios';
import type { ZodType } from 'zod';
import { ApiError, parseRetryAfter } from './api-error.ts';
import { noteServerDate } from './server-clock.ts';
import { endSession, sessionState } from './session.ts';

/** Beyond the server's own time limit for a query, so that its answer (504 with a reason) wins. */
const TIMEOUT_MS = 90_000;

const http = axios.create({ timeout: TIMEOUT_MS, validateStatus: () => true });

/** One call of the API, same origin. */
export interface ApiCall<T> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly body?: unknown;
  /** The organization that is meant; must be absent on routes that are about the person. */
  readonly orgId?: string;
  readonly signal?: AbortSignal;
  readonly answer: ZodType<T>;
}

function headersOf(call: ApiCall<unknown>): Record<string, string> {
  const { session } = sessionState();
  return {
    ...(session === null ? {} : { authorization: `Bearer ${session.accessToken}` }),
    ...(call.orgId === undefined ? {} : { 'x-org-id': call.orgId }),
  };
}

async function send(call: ApiCall<unknown>): Promise<AxiosResponse<unknown>> {
  try {
    return await http.request({
      method: call.method,
      url: call.path,
      data: call.body,
      headers: headersOf(call),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
  } catch (cause) {
    if (axios.isCancel(cause)) {
      throw cause;
    }
    const timedOut = cause instanceof AxiosError && cause.code === AxiosError.ECONNABORTED;
    throw new ApiError('network', timedOut ? 'The server took too long to answer' : 'The server cannot be reached', {
      detail: timedOut ? 'Try a shorter time range.' : 'Check the connection, and that AegisGuard is running.',
      cause,
    });
  }
}

function problemOf(response: AxiosResponse<unknown>, nowMs: number): ApiError {
  const retryAfterSeconds = parseRetryAfter(response.headers['retry-after'], nowMs);
  const parsed = Problem.safeParse(response.data);
  return parsed.success
    ? ApiError.fromProblem(parsed.data, retryAfterSeconds)
    : new ApiError('unexpected-answer', `The server answered with ${response.status}`, {
        status: response.status,
        retryAfterSeconds,
      });
}

/** Makes a call and parses its answer; throws `ApiError`, or axios's cancellation when the signal is aborted. A 401 for a session's token ends the session. */
export async function callApi<T>(call: ApiCall<T>): Promise<T> {
  const sentWith = sessionState().session;
  const response = await send(call);
  noteServerDate(response.headers.date, Date.now());
  if (response.status >= 400) {
    const error = problemOf(response, Date.now());
    // Only if the token is still the one that was refused: a slow answer must not end a newer session.
    if (response.status === 401 && sentWith !== null && sessionState().session === sentWith) {
      endSession('expired');
    }
    throw error;
  }
  const parsed = call.answer.safeParse(response.data);
  if (!parsed.success) {
    throw new ApiError('unexpected-answer', 'The answer does not have the expected shape', {
      detail: parsed.error.issues
        .slice(0, 3)
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .join('; '),
      status: response.status,
    });
  }
  return parsed.data;
}
