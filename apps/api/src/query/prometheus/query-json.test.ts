import { PrometheusQueryAnswer } from '@aegisguard/model';
import type { QueryData, QueryResult } from '@aegisguard/promql';
import { expect, it } from 'vitest';
import { asRange, queryJson } from './query-json.ts';

const ALL = { limit: undefined, evaluationMs: undefined };

function result(data: QueryData): QueryResult {
  const stats = { elapsedMs: 1, rowsRead: 2, bytesRead: 3 };
  return { data, warnings: ['w'], infos: [], stats, samples: { total: 7, peak: 5 } };
}

function vector(count: number): QueryData {
  const series = Array.from({ length: count }, (_, index) => ({
    labels: [['n', String(index)]] as const,
    timestampsMs: Float64Array.of(1500),
    values: Float64Array.of(index),
    histograms: [],
  }));
  return { resultType: 'vector', series };
}

function parsed(text: string) {
  const json: unknown = JSON.parse(text);
  expect(PrometheusQueryAnswer.parse(json)).toEqual(json);
  return PrometheusQueryAnswer.parse(json);
}

it.each([
  [undefined, 3, ['w']],
  [0, 3, ['w']],
  [3, 3, ['w']],
  [2, 2, ['w', 'results truncated due to limit']],
])('with the limit %s', async (limit, length, warnings) => {
  const answer = parsed(await queryJson(result(vector(3)), { ...ALL, limit }));
  expect(answer.data.result).toHaveLength(length);
  expect(answer.warnings).toEqual(warnings);
  expect(answer).not.toHaveProperty('data.stats');
});

it('says what it took when asked', async () => {
  const answer = parsed(
    await queryJson(result({ resultType: 'scalar', timestampMs: 0, value: 1 }), { ...ALL, evaluationMs: 20 }),
  );
  expect(answer.data.stats).toEqual({
    timings: { evalTotalTime: 0.02, execTotalTime: 0.02 },
    samples: { totalQueryableSamples: 7, peakSamples: 5 },
  });
});

it('a range of one time has a matrix', async () => {
  expect(parsed(await queryJson(result(asRange(vector(1))), ALL)).data).toEqual({
    resultType: 'matrix',
    result: [{ metric: { n: '0' }, values: [[1.5, '0']] }],
  });
  const scalar = asRange({ resultType: 'scalar', timestampMs: 2000, value: 4 });
  expect(parsed(await queryJson(result(scalar), ALL)).data.result).toEqual([{ metric: {}, values: [[2, '4']] }]);
});
