import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json.ts';
import { stringifyBounded } from './stringify-bounded.ts';

describe('stringifyBounded', () => {
  it('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(stringifyBounded(value as JsonValue, Number.POSITIVE_INFINITY)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('stops soon after the length asked for', () => {
    const text = stringifyBounded(
      Array.from({ length: 100_000 }, () => 'abc'),
      1000,
    );
    expect(text.length).toBeGreaterThan(1000);
    expect(text.length).toBeLessThan(1010);
    expect(JSON.stringify(Array.from({ length: 1000 }, () => 'abc')).startsWith(text)).toBe(true);
  });

  it('takes any depth', () => {
    const depth = 100_000;
    const text = '['.repeat(depth) + ']'.repeat(depth);
    expect(stringifyBounded(JSON.parse(text) as JsonValue, Number.POSITIVE_INFINITY)).toBe(text);
  });
});
