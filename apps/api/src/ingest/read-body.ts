import type { IncomingMessage } from 'node:http';
import { AegisError } from '@aegisguard/model';
import type { BodyLease } from './body-budget.ts';
import { BodySlab, bodyTooLarge } from './body-slab.ts';

/** Reads the whole body as it came over the wire. Throws `body-too-large` as soon as it is known to exceed the limit, `request-aborted` when the client goes. */
export async function readBody(request: IncomingMessage, bytesMax: number, lease: BodyLease): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > bytesMax) {
    throw bodyTooLarge(bytesMax);
  }
  const slab = new BodySlab(bytesMax, lease, declared);
  await consume(request, (chunk) => slab.append(chunk));
  return slab.body();
}

/** Reads the whole body without keeping it. Throws as `readBody` does. */
export async function passBody(
  request: IncomingMessage,
  bytesMax: number,
  onChunk: (chunk: Uint8Array) => void,
): Promise<void> {
  let length = 0;
  await consume(request, (chunk) => {
    length += chunk.length;
    if (length > bytesMax) {
      throw bodyTooLarge(bytesMax);
    }
    onChunk(chunk);
  });
}

/** Events and not `for await`: leaving that loop early destroys the stream, and with it the connection that the answer should go over. */
function consume(request: IncomingMessage, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown) => {
      request.off('data', onData).off('end', onEnd).off('error', onAbort).off('close', onAbort);
      if (error === undefined) {
        resolve();
      } else {
        request.on('error', () => undefined);
        reject(error);
      }
    };
    const onData = (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        settle(error);
      }
    };
    const onEnd = () => settle();
    const onAbort = () => settle(new AegisError('request-aborted'));
    if (request.destroyed) {
      reject(new AegisError('request-aborted'));
      return;
    }
    request.on('data', onData).on('end', onEnd).on('error', onAbort).on('close', onAbort);
  });
}
