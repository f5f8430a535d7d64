import { expect, it } from 'vitest';
import { cellBox, cellByKey, heatLayout, LEFT_PX } from './heat-layout.ts';

const grid = {
  times: [0, 60_000, 120_000],
  rows: [0, 1].map((lower) => ({ lower, upper: lower + 1, counts: [1, 2, null] })),
  most: 2,
};

it('goes from cell to cell by keys, and not beyond the edges', () => {
  const by = (from: { row: number; index: number } | undefined, key: string, isFar = false) =>
    cellByKey(grid, from, key, isFar);
  expect(by(undefined, 'ArrowUp')).toEqual({ row: 0, index: 2 });
  expect(by({ row: 0, index: 2 }, 'ArrowUp')).toEqual({ row: 1, index: 2 });
  expect(by({ row: 1, index: 2 }, 'ArrowUp', true)).toEqual({ row: 1, index: 2 });
  expect(by({ row: 1, index: 2 }, 'ArrowLeft')).toEqual({ row: 1, index: 1 });
  expect(by({ row: 1, index: 1 }, 'Home')).toEqual({ row: 1, index: 0 });
  expect(by({ row: 1, index: 0 }, 'Enter')).toBeUndefined();
  expect(cellByKey({ times: [], rows: [], most: 0 }, undefined, 'ArrowUp', false)).toBeUndefined();
});

it('a cell lies over the step before its time', () => {
  const layout = heatLayout(grid, { fromMs: 0, toMs: 120_000 }, LEFT_PX + 120, 128);
  expect(cellBox(grid, layout, { row: 0, index: 1 })).toEqual({ left: LEFT_PX, top: 56, width: 60, height: 50 });
  expect(cellBox(grid, layout, { row: 1, index: 2 })).toEqual({ left: LEFT_PX + 60, top: 6, width: 60, height: 50 });
});
