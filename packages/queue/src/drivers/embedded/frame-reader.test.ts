import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smallFrame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { scanFrames } from './scan-frames.ts';

const marker = randomBytes(8);

/** A reader over bytes in memory, that gives at most `step` bytes a call as a file might. */
function readerOver(bytes: Buffer): FrameReader {
  const readAt = async (target: Uint8Array, position: number) => {
    const part = bytes.subarray(position, position + target.byteLength);
    target.set(part);
    return part.length;
  };
  return new FrameReader(readAt, marker);
}

async function payloadsOf(bytes: Buffer) {
  const payloads: string[] = [];
  const scan = await scanFrames(readerOver(bytes), 0, bytes.length, ({ payload }) => {
    payloads.push(payload.toString('hex'));
  });
  return { payloads, ...scan };
}

it('finds all frames, also those larger than its window', async () => {
  const payloads = [0, 1, 100, 1_500_000, 5, 3_000_000, 0].map((length) => randomBytes(length));
  const bytes = Buffer.concat(payloads.map((payload) => smallFrame(marker, payload)));
  const found = await payloadsOf(bytes);
  expect(found).toMatchObject({ end: bytes.length, tornBytes: 0, damages: [] });
  expect(found.payloads).toEqual(payloads.map((payload) => payload.toString('hex')));
});

it('finds all frames but those that were damaged, wherever the damage is', async () => {
  const lengths = fc.array(fc.nat(200), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(lengths, fc.nat(), fc.integer({ min: 1, max: 8 }), async (sizes, where, width) => {
      const frames = sizes.map((size) => smallFrame(marker, randomBytes(size)));
      const bytes = Buffer.concat(frames);
      const from = where % bytes.length;
      const to = Math.min(bytes.length, from + width);
      for (let at = from; at < to; at += 1) {
        bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      }
      const intact: string[] = [];
      let offset = 0;
      for (const frame of frames) {
        if (offset >= to || offset + frame.length <= from) {
          intact.push(frame.subarray(16).toString('hex'));
        }
        offset += frame.length;
      }
      expect((await payloadsOf(bytes)).payloads).toEqual(intact);
    }),
  );
});

it('tells a torn end from damage', async () => {
  const [a, b] = [smallFrame(marker, randomBytes(50)), smallFrame(marker, randomBytes(60))];
  expect(await payloadsOf(Buffer.concat([a, b.subarray(0, 40)]))).toMatchObject({
    end: a.length,
    tornBytes: 40,
    damages: [],
  });
  const damaged = Buffer.concat([a, b]);
  damaged[30] = (damaged[30] ?? 0) ^ 1;
  expect(await payloadsOf(damaged)).toMatchObject({
    end: damaged.length,
    tornBytes: 0,
    damages: [{ from: 0, to: a.length }],
  });
});
