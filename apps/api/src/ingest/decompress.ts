import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { AegisError } from '@aegisguard/model';
import { bodyTooLarge } from './read-body.ts';

type Inflate = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflateZlib: Inflate = promisify(zlib.inflate);
const inflateRaw: Inflate = promisify(zlib.inflateRaw);

/** `deflate` means the zlib format (RFC 9110 §8.4.1.2), but some clients send the bare stream. */
const inflateDeflate: Inflate = (body, options) => {
  const [head = 0, next = 0] = body;
  const hasZlibHeader = (head & 0x0f) === 8 && ((head << 8) | next) % 31 === 0;
  return hasZlibHeader ? inflateZlib(body, options) : inflateRaw(body, options);
};

const INFLATERS: Readonly<Record<string, Inflate>> = {
  gzip: promisify(zlib.gunzip),
  'x-gzip': promisify(zlib.gunzip),
  deflate: inflateDeflate,
  zstd: promisify(zlib.zstdDecompress),
  br: promisify(zlib.brotliDecompress),
};

/** Undoes a `Content-Encoding`, off the event loop; a bomb is stopped at `bytesMax` of output. */
export async function decompress(body: Buffer, encoding: string | undefined, bytesMax: number): Promise<Buffer> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '') {
    return body;
  }
  const inflate = Object.hasOwn(INFLATERS, name) ? INFLATERS[name] : undefined;
  if (inflate === undefined) {
    throw new AegisError('unsupported-encoding', {
      detail: `Send the body as identity, gzip, deflate, zstd or br, not as ${JSON.stringify(name.slice(0, 100))}.`,
    });
  }
  try {
    return await inflate(body, { maxOutputLength: bytesMax });
  } catch (error) {
    if (error instanceof RangeError) {
      throw bodyTooLarge(bytesMax);
    }
    throw new AegisError('invalid-encoding', { detail: `The body is not valid ${name} data.`, cause: error });
  }
}
