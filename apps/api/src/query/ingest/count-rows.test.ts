import { expect, it } from 'vitest';
import { countRows } from './count-rows.ts';

const GRID = { startMs: 600_000, stepMs: 120_000, steps: 2 };
const COUNT = {
  signal: 'logs',
  protocol: 'native',
  keyId: 'k1',
  outcome: 'accepted',
  requests: 1,
  records: 10,
  bytes: 100,
} as const;

it('adds up by step, signal, protocol, key and outcome', () => {
  const rows = countRows(
    [
      { ...COUNT, minuteMs: 600_000 },
      { ...COUNT, minuteMs: 660_000 },
      { ...COUNT, minuteMs: 720_000 },
      { ...COUNT, minuteMs: 720_000, outcome: 'too-old', bytes: 0 },
      { ...COUNT, minuteMs: 600_000, keyId: 'k2' },
      { ...COUNT, minuteMs: 599_999 },
      { ...COUNT, minuteMs: 840_000 },
    ],
    GRID,
    new Map([['k1', 'one']]),
  );
  expect(rows).toEqual([
    {
      signal: 'logs',
      protocol: 'native',
      keyId: 'k1',
      keyName: 'one',
      outcome: 'accepted',
      advice: null,
      requests: [2, 1],
      records: [20, 10],
      bytes: [200, 100],
    },
    expect.objectContaining({
      keyName: 'one',
      outcome: 'too-old',
      advice: expect.stringContaining('older'),
      requests: [0, 1],
      records: [0, 10],
      bytes: [0, 0],
    }),
    expect.objectContaining({ keyId: 'k2', keyName: null, requests: [1, 0] }),
  ]);
});
