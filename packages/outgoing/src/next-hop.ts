import type { MayCall } from './is-public-address.ts';
import { OutgoingError } from './outgoing-error.ts';
import { parseTarget } from './parse-target.ts';

/** One request of a call; a redirect makes another of it. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What may be told to another origin than the one that it was meant for. Keys come in headers of all names, so that the harmless ones are listed. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);
const ABOUT_BODY = /^content-/;

/** Whether an answer of this status leads elsewhere by its `location`. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** The request that follows a redirect, as browsers make it: https://fetch.spec.whatwg.org/#http-redirect-fetch. Throws where it must not be followed. */
export function nextHop(hop: Hop, status: number, location: string, mayCall: MayCall): Hop {
  const url = URL.canParse(location, hop.url.href) ? new URL(location, hop.url) : undefined;
  if (url === undefined) {
    throw new OutgoingError('refused-redirect');
  }
  const target = parseTarget(url.href, mayCall);
  if (hop.url.protocol === 'https:' && target.protocol !== 'https:') {
    throw new OutgoingError('refused-redirect', { detail: 'The answer redirects from https to http' });
  }
  const becomesGet = status === 303 ? hop.method !== 'HEAD' : status < 303 && hop.method === 'POST';
  const isElsewhere = target.origin !== hop.url.origin;
  const kept = Object.entries(hop.headers).filter(
    ([name]) => !(isElsewhere && !HARMLESS_HEADERS.has(name)) && !(becomesGet && ABOUT_BODY.test(name)),
  );
  return {
    url: target,
    method: becomesGet ? 'GET' : hop.method,
    headers: Object.fromEntries(kept),
    body: becomesGet ? undefined : hop.body,
  };
}
