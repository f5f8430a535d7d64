// https://www.rfc-editor.org/rfc/rfc9110#name-content-type
import type { FastifyRequest } from 'fastify';

/** A request's content type: the media type in lower case, `''` when none was named, and its parameters. */
export interface ContentType {
  readonly mediaType: string;
  /** Names in lower case, values as sent, without quotes. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A header longer than this is somebody's joke. */
const HEADER_CHARS_MAX = 1000;
const hidden = new WeakMap<FastifyRequest, ContentType>();

/** Reads a Content-Type header; what is malformed is left out. */
export function parseContentType(header: string | undefined): ContentType {
  const [essence = '', ...rest] = (header ?? '').slice(0, HEADER_CHARS_MAX).split(';');
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const at = part.indexOf('=');
    if (at > 0) {
      const value = part.slice(at + 1).trim();
      const quoted = value.length >= 2 && value.startsWith('"') && value.endsWith('"');
      parameters.set(part.slice(0, at).trim().toLowerCase(), quoted ? value.slice(1, -1) : value);
    }
  }
  return { mediaType: essence.trim().toLowerCase(), parameters };
}

/** Takes the content type out of Fastify's sight: it would answer 415 for an empty or malformed one before the gateway has looked at limits and key. */
export function hideContentType(request: FastifyRequest): void {
  hidden.set(request, parseContentType(request.headers['content-type']));
  delete request.headers['content-type'];
}

/** What `hideContentType` took. */
export function contentTypeOf(request: FastifyRequest): ContentType {
  return hidden.get(request) ?? parseContentType(undefined);
}
