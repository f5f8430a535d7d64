import { describe, expect, it } from 'vitest';
import { mostFrequentValues } from './span-comparison.ts';

describe('mostFrequentValues', () => {
  it('are in an order that does not depend on the order in which they come', () => {
    const counts = [
      ['b', 2],
      ['1', 2],
      [1, 2],
      [true, 2],
      ['true', 2],
      ['z', 3],
      ['a', 1],
    ] as const;
    const expected = ['z', 1, '1', 'b', true, 'true'];
    expect(mostFrequentValues<string | number | boolean>(counts, 6)).toEqual(expected);
    expect(mostFrequentValues<string | number | boolean>(counts.toReversed(), 6)).toEqual(expected);
  });
});
