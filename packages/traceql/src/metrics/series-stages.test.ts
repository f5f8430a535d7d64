import { describe, expect, it } from 'vitest';
import { Turns } from '../evaluate/turns.ts';
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

const turns = new Turns({ signal: new AbortController().signal, timeoutMs: 10_000 }, () => 0);

const three = [series('c', 3, 1, none), series('a', 1, 2, 3), series('b', 2, 2, 2)];

describe('runStages', () => {
  it('ranks the values of each bucket; of equals the first by labels', async () => {
    expect(told(await runStages(three, [{ kind: 'topk', limit: 1, at }], turns))).toEqual([
      ['a', [none, 2, 3]],
      ['c', [3, none, none]],
    ]);
    expect(told(await runStages(three, [{ kind: 'bottomk', limit: 1, at }], turns))).toEqual([
      ['a', [1, none, none]],
      ['b', [none, none, 2]],
      ['c', [none, 1, none]],
    ]);
  });

  it('keeps what compares, durations in seconds', async () => {
    const above = { kind: 'filter', op: '>', value: { type: 'duration', value: 2_000_000_000n }, at } as const;
    expect(told(await runStages(three, [above], turns))).toEqual([
      ['a', [none, none, 3]],
      ['c', [3, none, none]],
    ]);
  });
});

describe('many stages', () => {
  it('end when the time is up, between buckets too', async () => {
    const signal = new AbortController().signal;
    let now = 0;
    const clock = () => {
      now += 20;
      return now;
    };
    const long = [series('a', ...new Array<number>(11_000).fill(1))];
    const top = { kind: 'topk', limit: 100_000, at } as const;
    await expect(runStages(long, [top], new Turns({ signal, timeoutMs: 1_000 }, clock))).rejects.toMatchObject({
      code: 'query-timeout',
    });
    expect(now).toBeLessThan(1_200);
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
