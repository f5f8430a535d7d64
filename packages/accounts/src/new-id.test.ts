import { expect, it } from 'vitest';
import { newId } from './new-id.ts';

it('makes the UUIDv7 of RFC 9562, appendix A.6', () => {
  const random = Buffer.from('0000000000000cc318c4dc0c0c07398f', 'hex');
  expect(newId(0x017f22e279b0, (bytes) => bytes.set(random))).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

it('sorts by time and repeats nothing', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => newId(1_700_000_000_000 + index));
  expect([...ids].sort()).toEqual(ids);
  const together = Array.from({ length: 1000 }, () => newId(1_700_000_000_000));
  expect(new Set(together).size).toBe(1000);
  for (const id of together) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});
