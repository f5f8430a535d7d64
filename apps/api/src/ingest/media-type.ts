import type { FastifyRequest } from 'fastify';

const mediaTypes = new WeakMap<FastifyRequest, string>();

/** Takes the content type out of Fastify's sight: it would answer 415 for an empty or malformed one before the gateway has looked at limits and key. */
export function hideMediaType(request: FastifyRequest): void {
  const [essence = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  mediaTypes.set(request, essence.trim().toLowerCase());
  delete request.headers['content-type'];
}

/** The media type without its parameters, lower-case; `''` when the request named none. */
export function mediaTypeOf(request: FastifyRequest): string {
  return mediaTypes.get(request) ?? '';
}
