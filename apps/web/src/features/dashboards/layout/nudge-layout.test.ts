import fc from 'fast-check';
import { collides, type Layout } from 'react-grid-layout/core';
import { describe, expect, it } from 'vitest';
import { type Nudge, nudgeLayout } from './nudge-layout.ts';

const COLUMNS = 24;
const places = (layout: Layout) => Object.fromEntries(layout.map(({ i, x, y, w, h }) => [i, [x, y, w, h]]));

/** Two beside one another, one across below. */
const LAYOUT: Layout = [
  { i: 'a', x: 0, y: 0, w: 12, h: 8, minW: 2, minH: 2 },
  { i: 'b', x: 12, y: 0, w: 12, h: 8, minW: 2, minH: 2 },
  { i: 'c', x: 0, y: 8, w: 24, h: 4, minW: 2, minH: 2 },
];
const by = (x: Nudge['x'], y: Nudge['y'], isSize = false): Nudge => ({ x, y, isSize });

describe('moving by keys', () => {
  it('goes past what is below, and back', () => {
    const down = nudgeLayout(LAYOUT, 'a', by(0, 1), COLUMNS);
    expect(places(down).a?.[1]).toBeGreaterThan(places(down).c?.[1] ?? Number.NaN);
    const up = nudgeLayout(down, 'a', by(0, -1), COLUMNS);
    expect(places(up)).toEqual(places(LAYOUT));
  });

  it('changes the size within the grid and not below the least', () => {
    expect(places(nudgeLayout(LAYOUT, 'a', by(-1, 0, true), COLUMNS)).a).toEqual([0, 0, 11, 8]);
    expect(places(nudgeLayout(LAYOUT, 'b', by(1, 0, true), COLUMNS))).toEqual(places(LAYOUT));
    expect(places(nudgeLayout(LAYOUT, 'a', by(0, 1, true), COLUMNS))).toEqual({
      a: [0, 0, 12, 9],
      b: [12, 0, 12, 8],
      c: [0, 9, 24, 4],
    });
    const row: Layout = [{ i: 'row', x: 0, y: 0, w: 24, h: 1, isResizable: false }];
    expect(nudgeLayout(row, 'row', by(0, 1, true), COLUMNS)).toBe(row);
  });

  it('never lets two share a place or leave the grid, and loses none', () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      x: fc.constantFrom(-1 as const, 0 as const, 1 as const),
      y: fc.constantFrom(-1 as const, 0 as const, 1 as const),
      isSize: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const layout = steps.reduce((before, { key, ...each }) => nudgeLayout(before, key, each, COLUMNS), LAYOUT);
        expect(layout.map(({ i }) => i).toSorted()).toEqual(['a', 'b', 'c']);
        for (const [index, one] of layout.entries()) {
          expect(one.x).toBeGreaterThanOrEqual(0);
          expect(one.x + one.w).toBeLessThanOrEqual(COLUMNS);
          expect(layout.slice(index + 1).some((other) => collides(one, other))).toBe(false);
        }
      }),
    );
  });
});
