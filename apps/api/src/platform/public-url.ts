import type { Config } from '@aegisguard/config';
import type { FastifyRequest } from 'fastify';

/** The origin that people reach the web application at: what the operator says, else what the request did. Without a trailing slash. */
export function publicUrl(
  request: Pick<FastifyRequest, 'protocol' | 'host'>,
  config: Pick<Config, 'publicUrl'>,
): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`;
}
