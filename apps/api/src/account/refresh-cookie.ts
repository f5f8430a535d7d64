import { SESSION_IDLE_MS } from '@aegisguard/accounts';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'aegis_refresh';
/** The routes that read it, and no others, get it. */
const PATH = '/auth';
/** Of a token; a longer text is none. */
const CHARS_MAX = 200;

/** Hands out the refresh token where no script can read it, and forbids whoever passes the answer on to keep it. */
export function setRefreshCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  publicUrl: string | undefined,
): void {
  void reply.header('cache-control', 'no-store').setCookie(NAME, token, {
    httpOnly: true,
    sameSite: 'strict',
    path: PATH,
    maxAge: SESSION_IDLE_MS / 1000,
    secure: request.protocol === 'https' || publicUrl?.startsWith('https:') === true,
  });
}

/** Takes the cookie back. */
export function clearRefreshCookie(reply: FastifyReply): void {
  void reply.header('cache-control', 'no-store').clearCookie(NAME, { path: PATH });
}

/** The refresh token that the request brings. */
export function refreshCookieOf(request: FastifyRequest): string | undefined {
  const token = request.cookies[NAME];
  return token !== undefined && token.length <= CHARS_MAX ? token : undefined;
}
