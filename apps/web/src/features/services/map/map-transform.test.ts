import { expect, it } from 'vitest';
import { fitted, revealed, zoomed } from './map-transform.ts';

it('fits a drawing into the middle of its window', () => {
  expect(fitted({ width: 100, height: 50 }, { width: 300, height: 150 })).toEqual({ x: 100, y: 50, scale: 1 });
  expect(fitted({ width: 600, height: 100 }, { width: 300, height: 150 })).toEqual({ x: 0, y: 50, scale: 0.5 });
  expect(fitted({ width: 0, height: 0 }, { width: 300, height: 150 }).scale).toBe(1);
});

it('zooms around a point, within bounds', () => {
  const at = { x: 30, y: 40 };
  const larger = zoomed({ x: 10, y: 20, scale: 1 }, 2, at);
  expect(larger).toEqual({ x: -10, y: 0, scale: 2 });
  // The place under the point is the same.
  expect((at.x - larger.x) / larger.scale).toBe(20);
  expect(zoomed(larger, 100, at).scale).toBe(2.5);
  expect(zoomed(larger, 0.0001, at).scale).toBe(0.05);
});

it('brings a box into sight, and only then moves', () => {
  const window = { width: 200, height: 100 };
  const at = { x: 0, y: 0, scale: 1 };
  const box = { x: 50, y: 50, width: 40, height: 20 };
  expect(revealed(at, window, box)).toBe(at);
  expect(revealed(at, window, { ...box, x: 195 })).toEqual({ x: -95, y: 0, scale: 1 });
  expect(revealed({ x: 0, y: 0, scale: 0.5 }, window, { ...box, y: 900 })).toEqual({ x: 75, y: -400, scale: 0.5 });
});
