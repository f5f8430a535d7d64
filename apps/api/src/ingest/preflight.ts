// https://fetch.spec.whatwg.org/#http-cors-protocol
import { isAllowedOrigin } from '@aegisguard/accounts';
import { AegisError } from '@aegisguard/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { queryKeyOf } from './http-request.ts';
import type { IngestGateway } from './ingest-gateway.ts';

/** What browsers keep at most, Chromium's bound. Seconds. */
const MAX_AGE = 7200;
/** What our SDKs send. */
const ALLOWED_HEADERS = 'content-type, content-encoding, x-org-key, x-idempotency-key';

/**
 * Answers a browser that asks whether a page may send. Which key it will use is in a header that a preflight does not have, so without `?key=` every origin is let through here; the
 * request itself is what is refused. Credentials are never allowed, so no page can make a browser send cookies.
 */
export async function answerPreflight(
  gateway: IngestGateway,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { origin } = request.headers;
  const keyId = queryKeyOf(request);
  void reply.header('vary', 'Origin');
  if (origin === undefined) {
    throw new AegisError('invalid-request', { detail: 'A preflight has an Origin.' });
  }
  const isAllowed =
    keyId === undefined || (await gateway.isOriginAllowed(keyId, ({ origins }) => isAllowedOrigin(origins, origin)));
  if (!isAllowed) {
    throw new AegisError('forbidden', { detail: 'This key may not be used from this origin.' });
  }
  void reply
    .code(204)
    .header('access-control-allow-origin', origin)
    .header('access-control-allow-methods', 'POST')
    .header('access-control-allow-headers', ALLOWED_HEADERS)
    .header('access-control-max-age', String(MAX_AGE))
    .send();
}
