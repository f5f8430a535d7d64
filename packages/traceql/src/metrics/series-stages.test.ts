import { describe, expect, it } from 'vitest';
import type { MetricsSeries } from './metrics-series.ts';
import { calculate, runStages } from './series-stages.ts';

const at = { from: 0, to: 0 };
const none = Number.NaN;

function series(name: string, ...values: number[]): MetricsSeries {
  return { labels: [{ name: 'name', value: name }], values: Float64Array.from(values), exemplars: [] };
}

function told(all: readonly MetricsSeries[]): [unknown, number[]][] {
  return all.map(({ labels, values }) => [labels[0]?.value, [...values]]);
}

const three = [series('c', 3, 1, none), series('a', 1, 2, 3), series('b', 2, 2, 2)];

describe('runStages', () => {
  it('ranks the values of each bucket; of equals the first by labels', () => {
    expect(told(runStages(three, [{ kind: 'topk', limit: 1, at }]))).toEqual([
      ['a', [none, 2, 3]],
      ['c', [3, none, none]],
    ]);
    expect(told(runStages(three, [{ kind: 'bottomk', limit: 1, at }]))).toEqual([
      ['a', [1, none, none]],
      ['b', [none, none, 2]],
      ['c', [none, 1, none]],
    ]);
  });

  it('keeps what compares, durations in seconds', () => {
    const above = { kind: 'filter', op: '>', value: { type: 'duration', value: 2_000_000_000n }, at } as const;
    expect(told(runStages(three, [above]))).toEqual([
      ['a', [none, none, 3]],
      ['c', [3, none, none]],
    ]);
  });
});

describe('calculate', () => {
  it('joins series of the same labels', () => {
    const answer = calculate(
      '/',
      { series: [series('a', 1, 4, 1), series('x', 1, 1, 1)] },
      { series: [series('a', 2, 0, none)] },
    );
    expect('series' in answer && told(answer.series)).toEqual([['a', [0.5, none, none]]]);
  });

  it('takes numbers on either side', () => {
    const doubled = calculate('*', { number: 2 }, { series: [series('a', 1, 2, none)] });
    expect('series' in doubled && told(doubled.series)).toEqual([['a', [2, 4, none]]]);
    const less = calculate('-', { series: [series('a', 1, 2, none)] }, { number: 1 });
    expect('series' in less && told(less.series)).toEqual([['a', [0, 1, none]]]);
    expect(calculate('+', { number: 1 }, { number: 2 })).toEqual({ number: 3 });
  });
});
