import { AegisError, type JsonObject, type JsonValue } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toldBatch } from '../testing/told-batch.ts';
import { buildNativeMetrics, NATIVE_METRICS_MAX, verifyNativeMetrics } from './native-metrics.ts';

const MS = Date.parse('2026-11-26T12:00:00Z');
const options = { receivedAtMs: MS, retentionDays: 30, seriesGate: { admit: () => true } };

function bodyOf(metrics: JsonValue): Buffer {
  return Buffer.from(JSON.stringify({ metrics }));
}

function decode(metrics: JsonValue[]) {
  const verdict = verifyNativeMetrics(bodyOf(metrics), options);
  const rejected = verdict.rejected.map(({ index }) => index);
  return { verdict, told: toldBatch(buildNativeMetrics(bodyOf(metrics), options, rejected)) };
}

describe('native metrics', () => {
  it('are values with labels of any scalar kind', () => {
    const { told, verdict } = decode([
      {
        name: 'up',
        value: 1,
        labels: { job: 'a', port: 80, tls: true, none: null },
        type: 'gauge',
        unit: 's',
        description: 'Up.',
      },
      { name: 'häßlich.name', value: '+Inf', timestamp: '2026-11-26T11:00:00Z', type: 'counter' },
      { name: 'plain', value: -0.5, timestamp: MS / 1000 },
    ]);
    expect(told.samples).toEqual([
      ['up{job="a",port="80",tls="true"}', MS, 1, 0],
      ['häßlich.name{}', MS - 3_600_000, Number.POSITIVE_INFINITY, 0],
      ['plain{}', MS, -0.5, 0],
    ]);
    expect(told.metadata).toEqual([
      { metric: 'up', type: 'gauge', unit: 's', help: 'Up.' },
      { metric: 'häßlich.name', type: 'counter', unit: '', help: '' },
    ]);
    expect(verdict).toEqual({ total: 3, rejected: [], accepted: { samples: 3, histograms: 0, exemplars: 0 } });
  });

  it('are histograms', () => {
    const exemplar = { value: 0.05, traceId: 'abc', labels: { user: 'u' } };
    const { told } = decode([
      { name: 'h', type: 'histogram', buckets: { '+Inf': 9, '0.1': 3, '1e1': 4 }, sum: 12, count: 9, exemplar },
    ]);
    expect(told.samples.map(([name, , value]) => [name, value])).toEqual([
      ['h_bucket{le="0.1"}', 3],
      ['h_bucket{le="10"}', 4],
      ['h_bucket{le="+Inf"}', 9],
      ['h_count{}', 9],
      ['h_sum{}', 12],
    ]);
    expect(told.exemplars).toEqual([
      {
        of: 'h_bucket{le="0.1"}',
        timestampMs: MS,
        value: 0.05,
        labels: [
          ['trace_id', 'abc'],
          ['user', 'u'],
        ],
      },
    ]);
  });

  it('are summaries', () => {
    const { told } = decode([
      { name: 's', type: 'summary', quantiles: { '0.5': 1, '0.99': 'NaN' }, sum: 3, count: 2 },
      { name: 't', type: 'summary', value: 4 },
      { name: 'u', type: 'summary', count: 4 },
      { name: 'v', quantiles: {}, value: 5 },
      { name: 'w', quantiles: {}, sum: 6 },
    ]);
    expect(told.samples.map(([name, , value]) => [name, value])).toEqual([
      ['s{quantile="0.5"}', 1],
      ['s{quantile="0.99"}', Number.NaN],
      ['s_sum{}', 3],
      ['s_count{}', 2],
      ['t{}', 4],
      ['u_count{}', 4],
      ['v{}', 5],
      ['w_sum{}', 6],
    ]);
  });

  it('have whole milliseconds, also from Unix nanoseconds as a number', () => {
    const nanos = 1_795_694_400_001 * 1e6;
    const sent = Buffer.from(`{"metrics":[{"name":"n","value":1,"timestamp":${MS + 1}000000}]}`);
    const { samples } = buildNativeMetrics(sent, options, []);
    expect(samples.timestampMs[0]).toBe(MS + 1);
    expect(Number.isSafeInteger(nanos)).toBe(false);
  });

  it.each<[string, JsonValue, string, string]>([
    ['no object', 7, '', 'invalid'],
    ['no name', { value: 1 }, '/name', 'invalid'],
    ['half a surrogate pair', { name: '\ud800', value: 1 }, '/name', 'invalid'],
    ['no value', { name: 'x' }, '/value', 'invalid'],
    ['a text as value', { name: 'x', value: '12' }, '/value', 'invalid'],
    ['an unknown type', { name: 'x', value: 1, type: 'set' }, '/type', 'invalid'],
    ['labels that are none', { name: 'x', value: 1, labels: [1] }, '/labels', 'invalid'],
    ['a nested label', { name: 'x', value: 1, labels: { a: {} } }, '/labels', 'invalid'],
    ['a label that is the name', { name: 'x', value: 1, labels: { __name__: 'y' } }, '/labels', 'invalid'],
    ['a label without a name', { name: 'x', value: 1, labels: { '': 'y' } }, '/labels', 'invalid'],
    ['a bound as label', { name: 'x', buckets: {}, count: 1, labels: { le: '1' } }, '/labels', 'invalid'],
    ['no time', { name: 'x', value: 1, timestamp: 'soon' }, '/timestamp', 'invalid'],
    ['an old time', { name: 'x', value: 1, timestamp: 1000 }, '/timestamp', 'too-old'],
    ['no buckets', { name: 'x', type: 'histogram', value: 1 }, '/buckets', 'invalid'],
    ['falling buckets', { name: 'x', buckets: { 1: 3, 2: 2 }, count: 3 }, '/buckets', 'invalid'],
    ['a negative bucket', { name: 'x', buckets: { 1: -1 }, count: 3 }, '/buckets', 'invalid'],
    ['a bound that is none', { name: 'x', buckets: { a: 1 }, count: 3 }, '/buckets', 'invalid'],
    ['a bound twice', { name: 'x', buckets: { '1': 1, '1.0': 1 }, count: 3 }, '/buckets', 'invalid'],
    ['no count', { name: 'x', buckets: { 1: 1 } }, '/count', 'invalid'],
    ['another count than +Inf', { name: 'x', buckets: { '+Inf': 4 }, count: 3 }, '/count', 'invalid'],
    ['a smaller count than a bucket', { name: 'x', buckets: { 1: 4 }, count: 3 }, '/count', 'invalid'],
    ['nothing of a summary', { name: 'x', quantiles: {} }, '/value', 'invalid'],
    ['a quantile beyond 1', { name: 'x', quantiles: { 2: 4 } }, '/quantiles', 'invalid'],
    ['a unit that is no text', { name: 'x', value: 1, unit: 3 }, '/unit', 'invalid'],
    ['an exemplar that is none', { name: 'x', value: 1, exemplar: 3 }, '/exemplar', 'invalid'],
    [
      'an exemplar’s id that is none',
      { name: 'x', value: 1, exemplar: { traceId: 3 } },
      '/exemplar/traceId',
      'invalid',
    ],
    ['too long a name', { name: 'x'.repeat(1025), value: 1 }, '/labels', 'metric-name-too-long'],
    [
      'too many labels',
      { name: 'x', value: 1, labels: Object.fromEntries(Array.from({ length: 64 }, (_, at) => [`l${at}`, 1])) },
      '/labels',
      'too-many-labels',
    ],
  ])('with %s are refused', (_, metric, path, code) => {
    const { verdict, told } = decode([{ name: 'good', value: 1 }, metric, { name: 'good', value: 2 }]);
    expect(verdict.total).toBe(3);
    expect(verdict.rejected).toEqual([{ index: 1, path, code, message: expect.any(String) }]);
    expect(told.samples.map(([name, , value]) => [name, value])).toEqual([
      ['good{}', 1],
      ['good{}', 2],
    ]);
  });

  it('are at most 5000 a batch, in an object', () => {
    const code = (body: Buffer) => {
      try {
        return verifyNativeMetrics(body, options).total;
      } catch (error) {
        return error instanceof AegisError ? error.code : error;
      }
    };
    expect(code(bodyOf(new Array(NATIVE_METRICS_MAX).fill({})))).toBe(5000);
    expect(code(bodyOf(new Array(NATIVE_METRICS_MAX + 1).fill({})))).toBe('batch-too-large');
    expect(code(Buffer.from('[]'))).toBe('invalid-body');
    expect(code(Buffer.from('{'))).toBe('invalid-json');
    expect(code(bodyOf([]))).toBe(0);
  });

  it('of any JSON get a verdict, and what is accepted becomes samples', () => {
    const part = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>;
    const anyMetric: fc.Arbitrary<JsonValue> = fc.oneof(
      part,
      fc.record(
        {
          name: fc.oneof(fc.constant('m'), part),
          value: fc.oneof(fc.double(), part),
          type: fc.constantFrom('gauge', 'counter', 'histogram', 'summary', 'x'),
          labels: fc.oneof(fc.dictionary(fc.string(), part) as fc.Arbitrary<JsonObject>, part),
          buckets: fc.oneof(
            fc.dictionary(fc.constantFrom('1', '2', '+Inf', 'x'), fc.nat()) as fc.Arbitrary<JsonObject>,
            part,
          ),
          quantiles: fc.oneof(
            fc.dictionary(fc.constantFrom('0.5', '1', '2'), fc.nat()) as fc.Arbitrary<JsonObject>,
            part,
          ),
          count: part,
          sum: part,
          timestamp: fc.oneof(fc.constant(MS), part),
          exemplar: part,
        },
        { requiredKeys: ['name'] },
      ) as fc.Arbitrary<JsonValue>,
    );
    fc.assert(
      fc.property(fc.array(anyMetric, { maxLength: 5 }), (metrics) => {
        const body = bodyOf(metrics);
        const verdict = verifyNativeMetrics(body, options);
        expect(verdict.total).toBe(metrics.length);
        expect(verdict.accepted.samples + verdict.rejected.length).toBe(metrics.length);
        const { samples } = buildNativeMetrics(
          body,
          options,
          verdict.rejected.map(({ index }) => index),
        );
        expect(samples.count).toBeGreaterThanOrEqual(verdict.accepted.samples);
        expect(verdict.accepted.samples === 0 ? samples.count : 0).toBe(0);
        buildNativeMetrics(body, options, []);
      }),
      { numRuns: 300 },
    );
  });
});
