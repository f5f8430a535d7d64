import type { IncomingMessage } from 'node:http';
import { AegisError } from '@aegisguard/model';
import type { BodyBudget } from './body-budget.ts';

const SLAB_BYTES_MIN = 16 * 1024;
/** A declared length is believed this far before bytes come. */
const SLAB_BYTES_FIRST_MAX = 1024 ** 2;

/**
 * Reads the whole body as it came over the wire and hands it to `use`; its memory counts against the budget until `use` is done. Throws `body-too-large` as soon as it is known to exceed
 * the limit, `request-aborted` when the client goes. Chunks are copied into one growing slab: kept as they are, a body in chunks of a byte would cost hundreds of bytes each.
 */
export async function withBody<Answer>(
  request: IncomingMessage,
  bytesMax: number,
  budget: BodyBudget,
  use: (body: Buffer) => Promise<Answer>,
): Promise<Answer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > bytesMax) {
    throw bodyTooLarge(bytesMax);
  }
  const slab = new Slab(bytesMax, budget);
  try {
    slab.reserve(Math.min(declared, SLAB_BYTES_FIRST_MAX));
    await fill(slab, request);
    return await use(slab.body());
  } finally {
    slab.release();
  }
}

/** The 413 that names the limit. */
export function bodyTooLarge(bytesMax: number): AegisError {
  return new AegisError('body-too-large', {
    detail: `The body may have at most ${bytesMax} bytes, before and after decompression.`,
    members: { limit: bytesMax },
  });
}

/** Events and not `for await`: leaving that loop early destroys the stream, and with it the connection that the answer should go over. */
function fill(slab: Slab, request: IncomingMessage): Promise<void> {
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
        slab.append(chunk);
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

class Slab {
  private bytes = Buffer.alloc(0);
  private length = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly budget: BodyBudget,
  ) {}

  append(chunk: Buffer): void {
    if (this.length + chunk.length > this.bytesMax) {
      throw bodyTooLarge(this.bytesMax);
    }
    this.reserve(this.length + chunk.length);
    this.length += chunk.copy(this.bytes, this.length);
  }

  /** Makes room for `wanted` bytes in all, doubling so that copying stays linear. */
  reserve(wanted: number): void {
    if (wanted <= this.bytes.length) {
      return;
    }
    const doubled = Math.max(SLAB_BYTES_MIN, 2 * this.bytes.length);
    const size = this.bytes.length === 0 ? wanted : Math.min(this.bytesMax, Math.max(wanted, doubled));
    this.budget.take(size - this.bytes.length, this.bytes.length);
    const larger = Buffer.allocUnsafeSlow(size);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  body(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  release(): void {
    this.budget.give(this.bytes.length);
  }
}
