import { AegisError } from '@aegisguard/model';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses a request that a page of another origin made a browser send: for routes that act on a cookie alone. SameSite=Strict keeps the cookie from such requests already, but not from those of a sibling host.
 * `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header) and `Origin` cannot be set by a page; programs send neither. The scheme is not compared: a proxy that ends TLS changes it.
 */
export function demandSameOrigin({ headers, host }: FastifyRequest, publicUrl: string | undefined): void {
  const { origin } = headers;
  const own = publicUrl === undefined ? [host] : [host, new URL(publicUrl).host];
  const isForeign = origin !== undefined && !(URL.canParse(origin) && own.includes(new URL(origin).host));
  if (isForeign || headers['sec-fetch-site'] === 'cross-site') {
    throw new AegisError('forbidden', { detail: 'This request came from a page of another origin.' });
  }
}
