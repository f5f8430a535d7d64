import type { Outgoing } from './outgoing.ts';
import { OutgoingError } from './outgoing-error.ts';

/** What openid-client gives its `customFetch`, as far as we take it; redirects are never followed. */
export interface OutgoingFetchOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** `fetch`, by way of `outgoing`. */
export type OutgoingFetch = (url: string, options?: OutgoingFetchOptions) => Promise<Response>;

/** https://fetch.spec.whatwg.org/#null-body-status */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** A function shaped like `fetch`, for libraries that take one. `limits` are those of every call. */
export function outgoingFetch(
  outgoing: Outgoing,
  limits: { readonly timeoutMs?: number; readonly answerBytesMax?: number } = {},
): OutgoingFetch {
  return async (url, { method, headers, body, signal } = {}) => {
    const answer = await outgoing.call({
      url,
      ...limits,
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...bodyOf(body),
      ...(signal === undefined ? {} : { signal }),
    });
    const hasBody = !WITHOUT_BODY.has(answer.status);
    return new Response(hasBody ? new Uint8Array(answer.body) : null, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

function bodyOf(body: unknown): { body?: string | Uint8Array } {
  if (body === undefined || body === null) return {};
  if (typeof body === 'string' || body instanceof Uint8Array) return { body };
  if (body instanceof URLSearchParams) return { body: body.toString() };
  throw new OutgoingError('refused-request', { detail: 'The body must be a text or bytes' });
}
