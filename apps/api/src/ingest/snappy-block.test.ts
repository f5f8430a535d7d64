import fc from 'fast-check';
import { compressSync } from 'snappy';
import { expect, it } from 'vitest';
import { BodyBudget } from './body-budget.ts';
import { declaredSnappyLength, unpackSnappyBlock } from './snappy-block.ts';

const unpack = (block: Uint8Array, max = 1024) => unpackSnappyBlock(Buffer.from(block), max, new BodyBudget().lease());

it('undoes a block', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 1024 }), async (bytes) => {
      const block = compressSync(bytes);
      expect(declaredSnappyLength(block)).toBe(bytes.length);
      expect(Buffer.compare(await unpack(block), bytes)).toBe(0);
    }),
  );
});

it('refuses what declares more than the limit, without inflating it', async () => {
  await expect(unpack(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]))).rejects.toMatchObject({ code: 'body-too-large' });
  await expect(unpack(compressSync(Buffer.alloc(1025)))).rejects.toMatchObject({ code: 'body-too-large' });
});

it('refuses any other bytes as what they are', async () => {
  const samples: Uint8Array[] = [Buffer.alloc(0), Buffer.from([0x80]), Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7f])];
  for (const bytes of samples) {
    await expect(unpack(bytes)).rejects.toMatchObject({ code: 'invalid-encoding' });
  }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const outcome = await unpack(bytes).then(
        () => 'decoded',
        (error: { code: string }) => error.code,
      );
      expect(['decoded', 'invalid-encoding', 'body-too-large']).toContain(outcome);
    }),
  );
});
