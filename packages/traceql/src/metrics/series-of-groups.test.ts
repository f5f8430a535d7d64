import { unixNanos } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { Turns } from '../evaluate/turns.ts';
import { MetricsGrid } from './metrics-grid.ts';
import { seriesOfGroups } from './series-of-groups.ts';

const at = { from: 0, to: 0 };
const { signal } = new AbortController();
const grid = new MetricsGrid(unixNanos(0n), unixNanos(11_000n), 1n);
const quantiles = Array.from({ length: 20 }, (_, place) => place / 20);
const aggregate = {
  kind: 'quantile_over_time',
  of: { kind: 'intrinsic', isParent: false, name: 'duration', at },
  quantiles,
  by: [],
  at,
} as const;

function group(powers: number) {
  const column = new Float64Array(grid.bucketCount).fill(1);
  const columns = new Map(Array.from({ length: powers }, (_, power) => [2 ** power, column] as const));
  return { by: [], columns, counts: undefined, exemplars: new Map() };
}

describe('quantiles', () => {
  it('of too many groups are not made', async () => {
    let now = 0;
    const turns = new Turns({ signal, timeoutMs: 10_000 }, () => {
      now += 1;
      return now;
    });
    const groups = Array.from({ length: 19 }, () => group(1));
    const began = now;
    await expect(seriesOfGroups(aggregate, groups, { grid, turns, exemplarsMax: 0 })).rejects.toMatchObject({
      code: 'query-too-large',
    });
    expect(now).toBe(began);
  });

  it('end between one another when the time is up', async () => {
    let now = 0;
    const turns = new Turns({ signal, timeoutMs: 100 }, () => {
      now += 10;
      return now;
    });
    await expect(seriesOfGroups(aggregate, [group(2)], { grid, turns, exemplarsMax: 0 })).rejects.toMatchObject({
      code: 'query-timeout',
    });
  });
});
