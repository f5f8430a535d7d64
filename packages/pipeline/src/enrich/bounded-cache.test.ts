import { expect, it } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';

it('never keeps more than it may, and keeps what is asked for', () => {
  const cache = new BoundedCache<number>(10);
  cache.set('favourite', 1);
  for (let i = 0; i < 1000; i += 1) {
    cache.set(`once ${i}`, i);
    expect(cache.get('favourite')).toBe(1);
    expect(cache.size).toBeLessThanOrEqual(10);
  }
  expect(cache.get('once 1')).toBeUndefined();
  expect(cache.get('once 999')).toBe(999);
});
