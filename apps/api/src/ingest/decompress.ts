import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { AegisError } from '@aegisguard/model';
import type { BodyLease } from './body-budget.ts';
import { bodyTooLarge } from './body-slab.ts';

/** `bytesWritten` is how much of the input it has used: it ends behind the first stream of it, and says nothing of what follows. */
type Inflater = Transform & { readonly bytesWritten: number };
type OpenInflater = (body: Uint8Array, options: { chunkSize: number }) => Inflater;

/** `deflate` means the zlib format (RFC 9110 §8.4.1.2), but some clients send the bare stream. */
const openDeflate: OpenInflater = (body, options) => {
  const [head = 0, next = 0] = body;
  const hasZlibHeader = (head & 0x0f) === 8 && ((head << 8) | next) % 31 === 0;
  return hasZlibHeader ? zlib.createInflate(options) : zlib.createInflateRaw(options);
};

const INFLATERS: Readonly<Record<string, OpenInflater>> = {
  gzip: (_body, options) => zlib.createGunzip(options),
  'x-gzip': (_body, options) => zlib.createGunzip(options),
  deflate: openDeflate,
  zstd: (_body, options) => zlib.createZstdDecompress(options),
  br: (_body, options) => zlib.createBrotliDecompress(options),
};

/** Zstandard data is one frame after another (RFC 8878 §3). Each needs a decompressor, so a body of millions of tiny frames is nobody's. */
const FRAMES_MAX = 1024;

const CHUNK_BYTES_MIN = 4096;
/** Each chunk is a turn of a thread; on a busy machine turns cost more than bytes. */
const CHUNK_BYTES_MAX = 256 * 1024;

/** The names of a `Content-Encoding` header that mean no encoding. */
export function isIdentity(encoding: string | undefined): boolean {
  return ['', 'identity'].includes(encodingName(encoding));
}

/** A `Content-Encoding` as it is compared. */
export function encodingName(encoding: string | undefined): string {
  return (encoding ?? '').trim().toLowerCase();
}

/** Undoes a `Content-Encoding`, off the event loop. A bomb is stopped at `bytesMax` of output, and many at once by the lease's budget: memory is taken as the output grows. */
export async function decompress(
  body: Buffer,
  encoding: string | undefined,
  bytesMax: number,
  lease: BodyLease,
): Promise<Buffer> {
  if (isIdentity(encoding)) {
    return body;
  }
  const name = encodingName(encoding);
  const open = Object.hasOwn(INFLATERS, name) ? INFLATERS[name] : undefined;
  if (open === undefined) {
    throw unsupportedEncoding('identity, gzip, deflate, zstd or br', name);
  }
  if (body.length === 0) {
    throw invalidEncoding(name);
  }
  const output = new Output(bytesMax, lease);
  await inflateAll(open, body, output, name);
  return join(output.chunks, lease);
}

/** To the last byte: what follows the compressed data would be dropped without a word. */
async function inflateAll(open: OpenInflater, body: Buffer, output: Output, name: string): Promise<void> {
  const chunkSize = Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, body.length * 4));
  let rest = body;
  for (let frames = 1; ; frames += 1) {
    const inflater = open(rest, { chunkSize });
    await inflate(inflater, rest, output, name);
    rest = rest.subarray(inflater.bytesWritten);
    if (rest.length === 0) {
      return;
    }
    if (name !== 'zstd' || frames === FRAMES_MAX) {
      throw invalidEncoding(name);
    }
  }
}

/** The 415 that names what is taken. */
export function unsupportedEncoding(taken: string, name: string): AegisError {
  return new AegisError('unsupported-encoding', {
    detail: `Send the body as ${taken}, not as ${JSON.stringify(name.slice(0, 100))}.`,
  });
}

/** The 400 for bytes that are not what the encoding says. */
export function invalidEncoding(name: string, cause?: unknown): AegisError {
  return new AegisError('invalid-encoding', { detail: `The body is not valid ${name} data.`, cause });
}

/** Chunks, and joined only when all are there: a slab that grows leaves smaller ones behind, and a bomb would pay for them, too. */
class Output {
  readonly chunks: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly lease: BodyLease,
  ) {}

  add(chunk: Buffer): void {
    this.length += chunk.length;
    if (this.length > this.bytesMax) {
      throw bodyTooLarge(this.bytesMax);
    }
    this.lease.take(chunk.length);
    this.chunks.push(chunk);
  }
}

function inflate(inflater: Inflater, body: Buffer, output: Output, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      inflater.destroy();
      reject(error);
    };
    inflater.on('data', (chunk: Buffer) => {
      try {
        output.add(chunk);
      } catch (error) {
        fail(error);
      }
    });
    inflater.on('error', (error) => fail(invalidEncoding(name, error)));
    inflater.on('end', () => resolve());
    inflater.end(body);
  });
}

/** One piece of memory that holds nothing else, so that it can be moved to a thread. */
function join(chunks: readonly Buffer[], lease: BodyLease): Buffer {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  lease.take(length);
  const whole = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const chunk of chunks) {
    at += chunk.copy(whole, at);
  }
  lease.give(length);
  return whole;
}
