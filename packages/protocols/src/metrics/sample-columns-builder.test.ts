import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleColumnsBuilder } from './sample-columns-builder.ts';
import { STALE_HIGH, STALE_LOW } from './stale-marker.ts';

describe('columns of samples', () => {
  it('grow and keep everything, the bits of a NaN too', () => {
    const row = fc.record({
      low: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      high: fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constant(STALE_HIGH)),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 100 }), (rows) => {
        const columns = new SampleColumnsBuilder();
        for (const [at, { low, high }] of rows.entries()) {
          columns.addBits(at, at * 2, low, high, at * 3);
        }
        columns.add(7, 8, 9, 10);
        expect(columns.count).toBe(rows.length + 1);
        const bits = new Uint32Array(columns.value.buffer);
        for (const [at, { low, high }] of rows.entries()) {
          expect([columns.series[at], columns.timestampMs[at], columns.startMs[at]]).toEqual([at, at * 2, at * 3]);
          expect([bits[at * 2], bits[at * 2 + 1]]).toEqual([low, high]);
        }
        expect(columns.value[rows.length]).toBe(9);
      }),
    );
    expect(STALE_LOW).toBe(2);
  });
});
