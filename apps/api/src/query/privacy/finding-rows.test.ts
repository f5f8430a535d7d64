import { expect, it } from 'vitest';
import { findingRows } from './finding-rows.ts';

const GRID = { startMs: 600_000, stepMs: 120_000, steps: 2 };
const FOUND = { signal: 'logs', detector: 'email', strategy: 'redact', place: 'message', count: 1 } as const;

it('adds up by step, signal, detector, strategy and place, the most frequent first', () => {
  const rows = findingRows(
    [
      { ...FOUND, minuteMs: 600_000 },
      { ...FOUND, minuteMs: 660_000, count: 2 },
      { ...FOUND, minuteMs: 720_000 },
      { ...FOUND, minuteMs: 720_000, place: '(other)', count: 9 },
      { ...FOUND, minuteMs: 600_000, signal: 'rum' },
      { ...FOUND, minuteMs: 599_999 },
      { ...FOUND, minuteMs: 840_000 },
    ],
    GRID,
  );
  const { count: _, ...found } = FOUND;
  expect(rows).toEqual([
    { ...found, place: '(other)', total: 9, counts: [0, 9] },
    { ...found, total: 4, counts: [3, 1] },
    { ...found, signal: 'rum', total: 1, counts: [1, 0] },
  ]);
});
