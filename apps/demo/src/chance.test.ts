import { expect, it } from 'vitest';
import { Chance } from './chance.ts';

it('chooses the same again from the same seed, and otherwise from another', () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 20 },
      (
        (chance) => () =>
          chance.next()
      )(new Chance(seed)),
    );
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

it('spreads evenly, and keeps means', () => {
  const chance = new Chance(1);
  const mean = (draw: () => number) => Array.from({ length: 20_000 }, draw).reduce((sum, n) => sum + n, 0) / 20_000;
  expect(mean(() => chance.next())).toBeCloseTo(0.5, 1);
  expect(mean(() => chance.wait(10))).toBeGreaterThan(9.5);
  expect(mean(() => chance.wait(10))).toBeLessThan(10.5);
  expect(mean(() => Number(chance.below(0.2)))).toBeCloseTo(0.2, 1);
});

it('stays within what it is asked for', () => {
  const chance = new Chance(3);
  for (let n = 0; n < 1000; n++) {
    expect([2, 3, 4]).toContain(chance.whole(2, 4));
    expect(chance.around(100)).toBeGreaterThan(25);
    expect(chance.around(100)).toBeLessThan(400);
  }
  expect(chance.hex(16)).toMatch(/^[0-9a-f]{16}$/u);
});
