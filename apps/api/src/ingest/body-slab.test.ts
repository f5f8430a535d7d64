import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BodyBudget } from './body-budget.ts';
import { BodySlab } from './body-slab.ts';

const MAX = 64 * 1024 ** 2;

it('what a sender only says that it will send keeps nobody out', () => {
  const budget = new BodyBudget(1024 ** 2);
  const idle = Array.from({ length: 10_000 }, () => new BodySlab(MAX, budget.lease(), MAX));
  const busy = new BodySlab(MAX, budget.lease(), 5);
  busy.append(Buffer.from('hello'));
  expect(busy.body().toString()).toBe('hello');
  expect(idle.every((slab) => slab.body().length === 0)).toBe(true);
});

it('is what came, whatever was said of it, in memory of a few times its length', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 30 });
  fc.assert(
    fc.property(chunks, fc.nat(1_000_000), (parts, declared) => {
      let heldBytes = 0;
      const take = (bytes: number) => {
        heldBytes += bytes;
      };
      const lease = { ...new BodyBudget().lease(), take };
      const slab = new BodySlab(MAX, lease, declared);
      for (const part of parts) {
        slab.append(part);
      }
      const whole = Buffer.concat(parts);
      expect(slab.body().equals(whole)).toBe(true);
      expect(heldBytes).toBeLessThanOrEqual(Math.max(16 * 1024, 4 * whole.length));
    }),
  );
});

it('ends at the limit', () => {
  const slab = new BodySlab(10, new BodyBudget().lease());
  slab.append(Buffer.alloc(10));
  expect(() => slab.append(Buffer.alloc(1))).toThrow(expect.objectContaining({ code: 'body-too-large' }));
});
