import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentTypeOf } from './content-type.ts';
import type { IngestAnswer, IngestRequest } from './ingest-request.ts';
import { passBody, readBody } from './read-body.ts';

/** An HTTP request, as the gateway sees it. */
export function httpRequest(request: FastifyRequest): IngestRequest {
  return {
    id: request.id,
    headers: request.headers,
    contentType: contentTypeOf(request),
    queryKey: queryKeyOf(request),
    clientAddress: request.ip,
    readBody: (bytesMax, lease) => readBody(request.raw, bytesMax, lease),
    passBody: (bytesMax, _lease, onChunk) => passBody(request.raw, bytesMax, onChunk),
  };
}

/** `?key=`; sent more than once it is none. */
export function queryKeyOf({ query }: FastifyRequest): string | undefined {
  const { key } = query as { key?: unknown };
  return typeof key === 'string' ? key : undefined;
}

/** Writes an answer. */
export function sendAnswer(reply: FastifyReply, { status, contentType, headers, body }: IngestAnswer): void {
  void reply.code(status).headers(headers);
  if (contentType === '') {
    void reply.send();
    return;
  }
  void reply.header('content-type', contentType).send(typeof body === 'string' ? body : asBuffer(body));
}

function asBuffer({ buffer, byteLength, byteOffset }: Uint8Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
