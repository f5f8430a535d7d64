import type { Config } from '@aegisguard/config';
import type { FastifyRequest } from 'fastify';
import { isLoopback } from './address-bucket.ts';

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/** The origin that people reach the web application at, for answers: what the operator says, else what the request did. Without a trailing slash. */
export function publicUrl(
  request: Pick<FastifyRequest, 'protocol' | 'host'>,
  config: Pick<Config, 'publicUrl'>,
): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`;
}

/**
 * The origin that links in mails begin with; undefined when it is not known. What a request calls the host is chosen by whoever sends it, so that a mail made from it would send its reader, with a token that resets a
 * password, to a host of theirs: it counts only where it is this machine, and who asks is on it.
 */
export function linkOrigin(
  request: Pick<FastifyRequest, 'protocol' | 'host' | 'ip'>,
  configured: string | undefined,
): string | undefined {
  const isLocal = LOOPBACK_HOST.test(request.host) && isLoopback(request.ip);
  return configured ?? (isLocal ? `${request.protocol}://${request.host}` : undefined);
}
