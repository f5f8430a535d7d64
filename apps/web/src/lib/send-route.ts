import { type Asking, Problem, type Route } from '@aegisguard/model';
import axios, { AxiosError, type AxiosResponse } from 'axios';
import { z } from 'zod';
import { ApiError, parseRetryAfter } from './api-error.ts';
import { noteServerDate } from './server-clock.ts';

/** Beyond the server's own time limit for a query, so that its answer (504 with a reason) wins. */
const TIMEOUT_MS = 90_000;

const http = axios.create({ timeout: TIMEOUT_MS, validateStatus: () => true });

/** What a route needs to be told, and no more: members that it does not declare, or that may all be left out, may be left out. */
type Needed<Members> = {
  [Name in keyof Members as undefined extends Members[Name] ? never : Name]: Members[Name];
} & { [Name in keyof Members as undefined extends Members[Name] ? Name : never]?: Members[Name] };

/** A call of a route. */
export type RouteCall<R extends Route> = Needed<Asking<R>> & {
  readonly signal?: AbortSignal;
} & (R['access'] extends { kind: 'permission' }
    ? {
        /** The organization that is meant. */
        readonly orgId: string;
      }
    : { readonly orgId?: never });

/** What a route answers, parsed; the text of one that answers text, null where there is nothing. */
export type Answered<R extends Route> = R['answer'] extends z.ZodType
  ? z.output<R['answer']>
  : R['answer'] extends string
    ? string
    : null;

/** A call, whatever the route. */
interface AnyCall {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly orgId?: string;
  readonly signal?: AbortSignal;
}

/** How a call is sent. */
interface Sending {
  readonly accessToken?: string | undefined;
  /** The request goes on when the page is left: its answer sets a cookie that must not be lost. */
  readonly outlivesPage?: boolean;
}

/** The address of a call: parameters in the path, and query parameters that have a value behind it. */
export function addressOf(path: string, { params = {}, query = {} }: Pick<AnyCall, 'params' | 'query'>): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? filled : `${filled}?${search}`;
}

async function request(route: Route, call: AnyCall, sending: Sending): Promise<AxiosResponse<unknown>> {
  const { accessToken, outlivesPage = false } = sending;
  try {
    return await http.request({
      method: route.method,
      url: addressOf(route.path, call),
      data: call.body,
      headers: {
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
        ...(call.orgId === undefined ? {} : { 'x-org-id': call.orgId }),
        // Without a body there is no type; axios's fetch adapter names one.
        ...(call.body === undefined ? { 'content-type': false } : {}),
      },
      ...(typeof route.answer === 'string' ? { responseType: 'text' as const } : {}),
      ...(outlivesPage ? { adapter: 'fetch' as const, fetchOptions: { keepalive: true } } : {}),
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

function parsedAnswer({ answer }: Route, { data, status }: AxiosResponse<unknown>): unknown {
  if (answer === null) {
    return null;
  }
  const parsed = (typeof answer === 'string' ? z.string() : answer).safeParse(data);
  if (!parsed.success) {
    throw new ApiError('unexpected-answer', 'The answer does not have the expected shape', {
      detail: parsed.error.issues
        .slice(0, 3)
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .join('; '),
      status,
    });
  }
  return parsed.data;
}

/** Sends one request to a route of the table, same origin, and parses its answer; throws `ApiError`, or axios's cancellation when the signal is aborted. */
export async function sendRoute<R extends Route>(
  route: R,
  call: RouteCall<R>,
  sending: Sending = {},
): Promise<Answered<R>> {
  const response = await request(route, call as AnyCall, sending);
  noteServerDate(response.headers.date, Date.now());
  if (response.status >= 400) {
    throw problemOf(response, Date.now());
  }
  return parsedAnswer(route, response) as Answered<R>;
}
