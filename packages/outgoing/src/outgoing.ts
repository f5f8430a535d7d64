import { Agent, errors, request } from 'undici';
import { ACCEPTED_ENCODINGS, decodeAnswer } from './decode-answer.ts';
import { guardedConnector } from './guarded-connector.ts';
import { isPublicAddress, type MayCall } from './is-public-address.ts';
import { type Hop, isRedirect, nextHop } from './next-hop.ts';
import { OutgoingError, type OutgoingErrorCode } from './outgoing-error.ts';
import { parseTarget } from './parse-target.ts';
import { createResolver, type Resolve } from './resolve-name.ts';

const TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5000;
const ANSWER_BYTES_MAX = 1024 * 1024;
const ANSWER_HEADER_BYTES_MAX = 16 * 1024;
const REDIRECTS_MAX = 3;
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** They say where a message goes and where it ends, which is not for whoever gives the headers to say. */
const OUR_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A call to somebody else's server. */
export interface OutgoingCall {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole call, all redirects included; 10 s by default. */
  readonly timeoutMs?: number;
  /** Longest answer, before and after decompression; 1 MiB by default. */
  readonly answerBytesMax?: number;
  /** How many redirects to follow, 0 to 3. By default none: the answer is then the redirect. */
  readonly redirectsMax?: number;
  /** Gives the call up. */
  readonly signal?: AbortSignal;
}

/** What was answered. */
export interface OutgoingAnswer {
  /** Where it came from: after redirects, the last one's. */
  readonly url: string;
  readonly status: number;
  /** By lower-case name; several of one name are joined by a comma and a blank. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** How calls are made. */
export interface OutgoingOptions {
  /** Lets calls reach private and loopback addresses, too. */
  readonly allowPrivate: boolean;
  /** Which addresses may be called, in place of what `allowPrivate` says. */
  readonly mayCall?: MayCall;
  readonly userAgent?: string;
  /** For connecting, with TLS; 5 s by default. */
  readonly connectTimeoutMs?: number;
  /** Finds addresses by name; by default DNS, and with `allowPrivate` the hosts file, too. */
  readonly resolve?: Resolve;
}

/** Calls to servers that an organization named. Nothing but this package may make them. */
export interface Outgoing {
  /** Makes one call; throws an `OutgoingError` when there is no whole answer. An answer of any status is one. */
  call(call: OutgoingCall): Promise<OutgoingAnswer>;
  /** Throws the `OutgoingError` that `call` would throw for this URL, as far as it can be said without asking the network. */
  check(url: string): void;
  /** Waits for calls that are under way. */
  close(): Promise<void>;
}

/** Opens the way out. No proxy of the environment is used: it would connect in our place, past every check. */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const mayCall = options.mayCall ?? (options.allowPrivate ? () => true : isPublicAddress);
  const { connectTimeoutMs = CONNECT_TIMEOUT_MS, userAgent = 'AegisGuard' } = options;
  const resolve = options.resolve ?? createResolver({ asksSystem: options.allowPrivate });
  const agent = new Agent({
    connect: guardedConnector({ mayCall, connectTimeoutMs, resolve }),
    maxHeaderSize: ANSWER_HEADER_BYTES_MAX,
    // A connection for each call: one that is kept may be closed by the other side just when it is used again.
    pipelining: 0,
    // The call's own time limit is the one that counts.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    call: async (call) => {
      const limit = AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS);
      const signal = call.signal === undefined ? limit : AbortSignal.any([limit, call.signal]);
      const bytesMax = call.answerBytesMax ?? ANSWER_BYTES_MAX;
      let hop = firstHop(call, mayCall, userAgent);
      try {
        for (let left = Math.min(call.redirectsMax ?? 0, REDIRECTS_MAX); ; left -= 1) {
          const answer = await send(hop, agent, signal, bytesMax);
          const { location } = answer.headers;
          if (!isRedirect(answer.status) || location === undefined || (call.redirectsMax ?? 0) === 0) {
            return answer;
          }
          if (left === 0) throw new OutgoingError('refused-redirect', { detail: 'The answer redirects too often' });
          hop = nextHop(hop, answer.status, location, mayCall);
        }
      } catch (error) {
        throw asOutgoingError(error, limit, call.signal);
      }
    },
    check: (url) => void parseTarget(url, mayCall),
    close: () => agent.close(),
  };
}

function firstHop(call: OutgoingCall, mayCall: MayCall, userAgent: string): Hop {
  const method = (call.method ?? 'GET').toUpperCase();
  if (!METHODS.has(method)) {
    throw new OutgoingError('refused-request', { detail: 'This method must not be used' });
  }
  const headers = Object.entries(call.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const ours = headers.find(([name]) => OUR_HEADERS.has(name));
  if (ours !== undefined) {
    throw new OutgoingError('refused-request', { detail: `The header ${ours[0]} cannot be set` });
  }
  return {
    url: parseTarget(call.url, mayCall),
    method,
    headers: { 'user-agent': userAgent, ...Object.fromEntries(headers) },
    body: call.body,
  };
}

async function send(hop: Hop, dispatcher: Agent, signal: AbortSignal, bytesMax: number): Promise<OutgoingAnswer> {
  const { statusCode, headers, body } = await request(hop.url, {
    dispatcher,
    method: hop.method as 'GET',
    headers: { ...hop.headers, 'accept-encoding': ACCEPTED_ENCODINGS },
    body: hop.body ?? null,
    signal,
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > bytesMax) throw new OutgoingError('too-large');
    chunks.push(chunk);
  }
  const { 'content-encoding': encoding = '', 'content-length': _length, ...told } = flatHeaders(headers);
  return {
    url: hop.url.href,
    status: statusCode,
    headers: told,
    body: await decodeAnswer(Buffer.concat(chunks), encoding, bytesMax),
  };
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function asOutgoingError(error: unknown, limit: AbortSignal, signal: AbortSignal | undefined): OutgoingError {
  if (error instanceof OutgoingError) return error;
  return new OutgoingError(codeOf(error, limit, signal), { cause: error });
}

function codeOf(error: unknown, limit: AbortSignal, signal: AbortSignal | undefined): OutgoingErrorCode {
  if (limit.aborted || error instanceof errors.ConnectTimeoutError) return 'timeout';
  if (signal?.aborted === true) return 'cancelled';
  if (error instanceof errors.HeadersOverflowError) return 'too-large';
  return error instanceof errors.InvalidArgumentError ? 'refused-request' : 'unreachable';
}
