import { expect, it } from 'vitest';
import { usageTotals } from './usage-totals.ts';

it('adds up every count of every day', () => {
  const day = {
    date: '2026-11-26',
    logsCount: 1,
    logsBytes: 2,
    metricsCount: 3,
    spansCount: 4,
    spansBytes: 5,
    rumCount: 6,
    rumBytes: 7,
  };
  const { date: _, ...counts } = day;
  expect(usageTotals([])).toEqual(Object.fromEntries(Object.keys(counts).map((name) => [name, 0])));
  expect(usageTotals([day, day])).toEqual({
    logsCount: 2,
    logsBytes: 4,
    metricsCount: 6,
    spansCount: 8,
    spansBytes: 10,
    rumCount: 12,
    rumBytes: 14,
  });
});
