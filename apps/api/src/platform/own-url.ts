import type { FastifyRequest } from 'fastify';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/**
 * The origin that links in mails begin with; undefined when it is not known. What a request calls the host is chosen by whoever sends it, so that a mail made from it would send its reader, with a token that resets a
 * password, to a host of theirs: it counts only where it is this machine.
 */
export function linkOrigin({ protocol, host }: FastifyRequest, publicUrl: string | undefined): string | undefined {
  return publicUrl ?? (LOOPBACK.test(host) ? `${protocol}://${host}` : undefined);
}
