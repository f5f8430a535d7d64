import { expect, it } from 'vitest';
import { plainNumber } from './plain-number.ts';
import { sampleOffset } from './sample-offset.ts';
import { xxh64 } from './xxh64.ts';

// Known answers of other implementations: below and above a stripe of 32 bytes.
it.each([
  ['', 0xef46db3751d8e999n],
  ['a', 0xd24ec4f1a98c6e5bn],
  ['abc', 0x44bc2cf5ad770999n],
  ['Nobody inspects the spammish repetition', 0xfbcea83c8a378bf1n],
])('the hash of %j', (text, hash) => {
  expect(xxh64(Buffer.from(text))).toBe(hash);
});

it('label sets are spread evenly', () => {
  const offsets = Array.from({ length: 2000 }, (_, n) => sampleOffset([['n', `${n}${'x'.repeat(n % 400)}`]]));
  for (const part of [0.25, 0.5, 0.75]) {
    expect(Math.abs(offsets.filter((offset) => offset < part).length / offsets.length - part)).toBeLessThan(0.05);
  }
});

it.each([
  [1e21, '1000000000000000000000'],
  [1.25e22, '12500000000000000000000'],
  [1.5e-7, '0.00000015'],
  [-2e-8, '-0.00000002'],
  [0.1, '0.1'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
])('%d is written %s', (value, text) => {
  expect(plainNumber(value)).toBe(text);
});
