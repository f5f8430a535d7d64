import { expect, it } from 'vitest';
import { comparedFields } from './compared-values.ts';

const series = (type: string, labels: Record<string, string>, ...counts: number[]) => ({
  labels: { __meta_type: type, ...labels },
  points: counts.map((count, at): [number, number] => [at, count]),
});

it('tells by which values chosen spans differ, the clearest first', () => {
  const fields = comparedFields({
    series: [
      series('baseline', { name: 'GET' }, 40, 40),
      series('baseline', { name: 'POST' }, 20),
      series('selection', { name: 'GET' }, 1),
      series('selection', { name: 'POST' }, 3),
      series('baseline_total', { name: '<nil>' }, 100),
      series('selection_total', { name: '<nil>' }, 4),
      series('baseline', { kind: 'server' }, 100),
      series('selection', { kind: 'server' }, 4),
      series('baseline_total', { kind: '<nil>' }, 100),
      series('selection_total', { kind: '<nil>' }, 4),
      series('selection', { rare: 'x' }, 1),
      series('selection_total', { rare: '<nil>' }, 1),
      series('baseline', { __meta_error: '__too_many_values__', name: '<nil>' }, 0),
    ],
  });
  expect(fields).toEqual([
    {
      field: 'name',
      distance: expect.closeTo(0.55),
      hasMore: true,
      values: [
        { value: 'GET', selection: 0.25, baseline: 0.8 },
        { value: 'POST', selection: 0.75, baseline: 0.2 },
      ],
    },
    { field: 'rare', distance: 0.25, hasMore: false, values: [{ value: 'x', selection: 0.25, baseline: 0 }] },
    { field: 'kind', distance: 0, hasMore: false, values: [{ value: 'server', selection: 1, baseline: 1 }] },
  ]);
});

it('a share of a side whose values were too many to count is unknown', () => {
  const fields = comparedFields({
    series: [
      series('baseline_total', { id: '<nil>' }, 4000),
      series('baseline', { __meta_error: '__too_many_values__', id: '<nil>' }, 4000),
      series('selection', { id: 'x' }, 3),
      series('selection_total', { id: '<nil>' }, 3),
      series('baseline', { route: 'a' }, 1000),
      series('baseline', { __meta_error: '__too_many_values__', route: '<nil>' }, 4000),
      series('baseline_total', { route: '<nil>' }, 4000),
      series('selection', { route: 'b' }, 3),
      series('selection_total', { route: '<nil>' }, 3),
    ],
  });
  expect(fields).toEqual([
    {
      field: 'route',
      distance: 1,
      hasMore: true,
      values: [
        { value: 'b', selection: 1, baseline: 0 },
        { value: 'a', selection: 0, baseline: 0.25 },
      ],
    },
    { field: 'id', distance: 0, hasMore: true, values: [{ value: 'x', selection: 1, baseline: undefined }] },
  ]);
});
