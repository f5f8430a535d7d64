import zlib from 'node:zlib';
import { AegisError } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { BodyBudget } from './body-budget.ts';
import { decompress as decompressWithin } from './decompress.ts';

const TEXT = Buffer.from(
  JSON.stringify({ logs: Array.from({ length: 50 }, (_, n) => ({ service: 'a', message: `line ${n}` })) }),
);
const PACKED = {
  gzip: zlib.gzipSync(TEXT),
  'x-gzip': zlib.gzipSync(TEXT),
  deflate: zlib.deflateSync(TEXT),
  zstd: zlib.zstdCompressSync(TEXT),
  br: zlib.brotliCompressSync(TEXT),
};
const MAX = 1024 ** 2;
const decompress = (body: Buffer, encoding: string | undefined, bytesMax: number) =>
  decompressWithin(body, encoding, bytesMax, new BodyBudget().lease());

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AegisError ? error.code : `not an AegisError: ${String(error)}`;
}

describe.each(Object.entries(PACKED))('%s', (encoding, packed) => {
  it('is undone', async () => {
    expect(await decompress(packed, encoding, MAX)).toEqual(TEXT);
    expect(await decompress(packed, ` ${encoding.toUpperCase()} `, MAX)).toEqual(TEXT);
  });

  it('is refused when cut short or not such data', async () => {
    expect(await codeOf(decompress(packed.subarray(0, packed.length - 9), encoding, MAX))).toBe('invalid-encoding');
    expect(await codeOf(decompress(TEXT, encoding, MAX))).toBe('invalid-encoding');
    expect(await codeOf(decompress(Buffer.alloc(0), encoding, MAX))).toBe('invalid-encoding');
  });

  it('is refused when something else follows it', async () => {
    const followed = Buffer.concat([packed, Buffer.from('more')]);
    expect(await codeOf(decompress(followed, encoding, MAX))).toBe('invalid-encoding');
  });

  it('is stopped at the limit of output', async () => {
    expect(await codeOf(decompress(packed, encoding, TEXT.length - 1))).toBe('body-too-large');
    expect(await decompress(packed, encoding, TEXT.length)).toEqual(TEXT);
  });
});

it.each(['gzip', 'zstd'] as const)('%s may come in several pieces, which are one text', async (encoding) => {
  const pieces = [PACKED[encoding], PACKED[encoding], PACKED[encoding]];
  const whole = Buffer.concat([TEXT, TEXT, TEXT]);
  expect(await decompress(Buffer.concat(pieces), encoding, MAX)).toEqual(whole);
  expect(await codeOf(decompress(Buffer.concat(pieces), encoding, whole.length - 1))).toBe('body-too-large');
});

it('a flood of tiny zstd frames is refused', async () => {
  const frame = zlib.zstdCompressSync(Buffer.alloc(0));
  const flood = Buffer.concat(new Array<Buffer>(2000).fill(frame));
  expect(await codeOf(decompress(flood, 'zstd', MAX))).toBe('invalid-encoding');
});

it('deflate without the zlib header is understood too', async () => {
  expect(await decompress(zlib.deflateRawSync(TEXT), 'deflate', MAX)).toEqual(TEXT);
});

it.each([undefined, '', 'identity'])('%j changes nothing', async (encoding) => {
  expect(await decompress(TEXT, encoding, MAX)).toBe(TEXT);
});

it.each(['compress', 'gzip, gzip', 'constructor', 'snappy'])('%s is an unsupported encoding', async (encoding) => {
  expect(await codeOf(decompress(TEXT, encoding, MAX))).toBe('unsupported-encoding');
});

it('output counts against the budget while it grows', async () => {
  const budget = new BodyBudget(1024);
  budget.lease().take(1000);
  const bomb = zlib.gzipSync(Buffer.alloc(64 * 1024 ** 2));
  const outcome = await codeOf(decompressWithin(bomb, 'gzip', 1024 ** 3, budget.lease()));
  expect(outcome).toBe('unavailable');
});
