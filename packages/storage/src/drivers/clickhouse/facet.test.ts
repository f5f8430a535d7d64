import { describe, expect, it } from 'vitest';
import { isFacet } from './facet.ts';

describe('a facet', () => {
  it.each(['', 'GET', '200', 'eu-west-1', '/api/orders/:id', 'true', '1.50', 'x'.repeat(40), 'ÄÖ'])(
    'is %j',
    (value) => {
      expect(isFacet(value)).toBe(true);
    },
  );

  it.each(['2000', 'u-12345', '10.0.0.11', '2026-11-20', 'x'.repeat(41), '37.215'])('is not %j', (value) => {
    expect(isFacet(value)).toBe(false);
  });
});
