import type { IncomingMessage } from 'node:http';
import { AegisError } from '@aegisguard/model';

/** The whole body as it came over the wire; throws `body-too-large` as soon as it is known to exceed the limit. */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > bytesMax) {
    throw bodyTooLarge(bytesMax);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesMax) {
      throw bodyTooLarge(bytesMax);
    }
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
}

/** The 413 that names the limit. */
export function bodyTooLarge(bytesMax: number): AegisError {
  return new AegisError('body-too-large', {
    detail: `The body may have at most ${bytesMax} bytes, before and after decompression.`,
    members: { limit: bytesMax },
  });
}
