import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeriesSet } from './series-set.ts';

const id = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(0n, 1n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n),
  // Ids that all want the same slot.
  fc.bigInt({ min: 0n, max: 40n }).map((high) => high << 32n),
);

it('holds what a Set holds', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 500 }), fc.array(id, { maxLength: 50 }), (added, asked) => {
      const [set, model] = [new SeriesSet(), new Set<bigint>()];
      for (const one of added) {
        set.add(one);
        model.add(one);
        expect(set.size).toBe(model.size);
      }
      for (const one of [...added, ...asked]) {
        expect(set.has(one)).toBe(model.has(one));
      }
    }),
  );
});

it('takes at most 32 bytes an id', () => {
  const set = new SeriesSet();
  for (let n = 0n; n < 100_000n; n += 1n) {
    set.add(BigInt.asUintN(64, n * 0x9e37_79b9_7f4a_7c15n));
  }
  expect(set.bytes / set.size).toBeLessThanOrEqual(32);
});
