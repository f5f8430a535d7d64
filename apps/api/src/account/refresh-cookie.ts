import { randomUUID } from 'node:crypto';
import { SESSION_IDLE_MS } from '@aegisguard/accounts';
import { TURN_COOKIE } from '@aegisguard/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFRESH_COOKIE } from '../platform/refresh-cookie.ts';

/** Of a token; a longer text is none. */
const CHARS_MAX = 200;

/** A request. */
export interface Asked {
  readonly request: FastifyRequest;
  /** AEGIS_PUBLIC_URL. */
  readonly publicUrl: string | undefined;
}

/** A request and its answer. */
export interface Exchange extends Asked {
  readonly reply: FastifyReply;
}

/** Hands out the refresh token where no script can read it, and forbids whoever passes the answer on to keep it. */
export function setRefreshCookie(exchange: Exchange, token: string): void {
  const maxAge = SESSION_IDLE_MS / 1000;
  const { name, ...attributes } = cookieFor(exchange);
  void exchange.reply.header('cache-control', 'no-store').setCookie(name, token, { ...attributes, maxAge });
  endTurn(exchange, attributes.secure);
}

/** Takes the cookie back. */
export function clearRefreshCookie(exchange: Exchange): void {
  const { name, ...attributes } = cookieFor(exchange);
  void exchange.reply.header('cache-control', 'no-store').clearCookie(name, attributes);
  endTurn(exchange, attributes.secure);
}

/** Lets pages see that the browser has another refresh token now, or none. */
function endTurn({ reply }: Exchange, secure: boolean): void {
  void reply.setCookie(TURN_COOKIE, randomUUID(), { path: '/', sameSite: 'strict', secure });
}

/**
 * Over https no other host of the domain can set a cookie of this name (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#name-the-__host-prefix), and so sign a person in as somebody else; that takes the
 * path `/`. Over http only the routes that read it get it.
 */
function cookieFor({ request, publicUrl }: Asked) {
  const isSecure = request.protocol === 'https' || publicUrl?.startsWith('https:') === true;
  const place = isSecure
    ? ({ name: `__Host-${REFRESH_COOKIE}`, path: '/', secure: true } as const)
    : ({ name: REFRESH_COOKIE, path: '/auth', secure: false } as const);
  return { httpOnly: true, sameSite: 'strict', ...place } as const;
}

/** The refresh token that the request brings. */
export function refreshCookieOf(asked: Asked): string | undefined {
  const { headers, server } = asked.request;
  const token = server.parseCookie(headers.cookie ?? '')[cookieFor(asked).name];
  return token !== undefined && token.length <= CHARS_MAX ? token : undefined;
}
