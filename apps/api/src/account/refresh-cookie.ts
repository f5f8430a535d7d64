import { SESSION_IDLE_MS } from '@aegisguard/accounts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFRESH_COOKIE as NAME } from '../platform/refresh-cookie.ts';

/** The routes that read it, and no others, get it. */
const PATH = '/auth';
/** Of a token; a longer text is none. */
const CHARS_MAX = 200;

/** A request and its answer. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** AEGIS_PUBLIC_URL. */
  readonly publicUrl: string | undefined;
}

/** Hands out the refresh token where no script can read it, and forbids whoever passes the answer on to keep it. */
export function setRefreshCookie(exchange: Exchange, token: string): void {
  const maxAge = SESSION_IDLE_MS / 1000;
  void exchange.reply
    .header('cache-control', 'no-store')
    .setCookie(NAME, token, { ...attributesFor(exchange), maxAge });
}

/** Takes the cookie back. */
export function clearRefreshCookie(exchange: Exchange): void {
  void exchange.reply.header('cache-control', 'no-store').clearCookie(NAME, attributesFor(exchange));
}

function attributesFor({ request, publicUrl }: Exchange) {
  const secure = request.protocol === 'https' || publicUrl?.startsWith('https:') === true;
  return { httpOnly: true, sameSite: 'strict', path: PATH, secure } as const;
}

/** The refresh token that the request brings. */
export function refreshCookieOf(request: FastifyRequest): string | undefined {
  const token = request.server.parseCookie(request.headers.cookie ?? '')[NAME];
  return token !== undefined && token.length <= CHARS_MAX ? token : undefined;
}
