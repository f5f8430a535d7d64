import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeOtlpMetrics } from '../testing/encode-otlp-metrics.ts';
import { bitsOf, toldBatch } from '../testing/told-batch.ts';
import { buildOtlpMetrics, verifyOtlpMetrics } from './otlp-metrics.ts';

const MS = Date.parse('2026-11-26T12:00:00Z');
const options = { receivedAtMs: MS, retentionDays: 30, seriesGate: { admit: () => true } };
const TIME = `${MS}999999`;
const START = `${MS - 60_000}000000`;
const STALE_BITS = '7ff0000000000002';

function attribute(key: string, stringValue: string): JsonObject {
  return { key, value: { stringValue } };
}

function request(metrics: JsonValue[], resource: JsonObject[] = [], scope: JsonObject = {}): JsonObject {
  return { resourceMetrics: [{ resource: { attributes: resource }, scopeMetrics: [{ scope, metrics }] }] };
}

/** The batch of a request, which must be the same in both encodings, and its verdict. */
function decode(sent: JsonObject, gate = options.seriesGate) {
  const json = Buffer.from(JSON.stringify(sent));
  const protobuf = encodeOtlpMetrics(sent);
  const verdict = verifyOtlpMetrics(protobuf, 'protobuf', { ...options, seriesGate: gate });
  expect(verifyOtlpMetrics(json, 'json', { ...options, seriesGate: gate })).toEqual(verdict);
  const rejected = verdict.rejected.map(({ index }) => index);
  const batch = buildOtlpMetrics(protobuf, 'protobuf', options, rejected);
  expect(toldBatch(buildOtlpMetrics(json, 'json', options, rejected))).toEqual(toldBatch(batch));
  return { verdict, batch, told: toldBatch(batch) };
}

const point = { timeUnixNano: TIME, startTimeUnixNano: START, attributes: [attribute('a', 'b')] };
const explicit = { ...point, count: '6', bucketCounts: ['1', '2', '3'], explicitBounds: [0.5, 10] };
const exponential = {
  ...point,
  count: '10',
  sum: 4,
  scale: 1,
  zeroCount: '1',
  positive: { offset: -1, bucketCounts: ['2', '0', '3'] },
  negative: { offset: 4, bucketCounts: ['4'] },
};
const gauge = (dataPoint: JsonObject, more: JsonObject = {}) => ({
  name: 'g',
  gauge: { dataPoints: [dataPoint] },
  ...more,
});
const histogram = (dataPoint: JsonObject, aggregationTemporality = 2) => ({
  name: 'h',
  histogram: { aggregationTemporality, dataPoints: [dataPoint] },
});

describe('points', () => {
  it('of a gauge', () => {
    const { told, verdict } = decode(
      request([gauge({ ...point, asDouble: 1.5 }, { unit: 'By', description: 'Much.' })]),
    );
    expect(told.samples).toEqual([['g_bytes{a="b"}', MS, 1.5, MS - 60_000]]);
    expect(told.metadata).toEqual([{ metric: 'g_bytes', type: 'gauge', unit: 'bytes', help: 'Much.' }]);
    expect(verdict).toEqual({ total: 1, rejected: [], accepted: { samples: 1, histograms: 0, exemplars: 0 } });
  });

  it.each([
    [2, true, 'c_total', 'counter', 'samples'],
    [2, false, 'c', 'gauge', 'samples'],
    [1, true, 'c_total', 'counter', 'deltaSamples'],
    [1, false, 'c', 'gauge', 'deltaSamples'],
  ] as const)(
    'of a sum with temporality %i, monotonic %s',
    (aggregationTemporality, isMonotonic, name, type, column) => {
      const dataPoints = [{ ...point, asInt: '-7' }];
      const { told } = decode(request([{ name: 'c', sum: { dataPoints, aggregationTemporality, isMonotonic } }]));
      expect(told[column]).toEqual([[`${name}{a="b"}`, MS, -7, MS - 60_000]]);
      expect(told.samples.length + told.deltaSamples.length).toBe(1);
      expect(told.metadata[0]?.type).toBe(type);
    },
  );

  it('of an explicit histogram', () => {
    const { told, verdict } = decode(request([histogram({ ...explicit, sum: 33, min: 0.1, max: 20 })]));
    const series = (name: string, value: number) => [name, MS, value, MS - 60_000];
    expect(told.samples).toEqual([
      series('h_bucket{a="b",le="0.5"}', 1),
      series('h_bucket{a="b",le="10"}', 3),
      series('h_bucket{a="b",le="+Inf"}', 6),
      series('h_count{a="b"}', 6),
      series('h_sum{a="b"}', 33),
      series('h_min{a="b"}', 0.1),
      series('h_max{a="b"}', 20),
    ]);
    expect(told.metadata.map(({ metric, type }) => [metric, type])).toEqual([
      ['h', 'histogram'],
      ['h_min', 'gauge'],
      ['h_max', 'gauge'],
    ]);
    expect(verdict.accepted.samples).toBe(1);
  });

  it('of an explicit histogram without sum, and of one without buckets', () => {
    expect(decode(request([histogram(explicit)])).told.samples.map(([name]) => name)).not.toContain('h_sum{a="b"}');
    const { told } = decode(request([histogram({ ...point, count: '3' })]));
    expect(told.samples.map(([name, , value]) => [name, value])).toEqual([
      ['h_bucket{a="b",le="+Inf"}', 3],
      ['h_count{a="b"}', 3],
    ]);
  });

  it('of a delta histogram: its counts are increments, its extremes values', () => {
    const { told } = decode(request([histogram({ ...explicit, sum: 33, max: 20 }, 1)]));
    expect(told.samples.map(([name]) => name)).toEqual(['h_max{a="b"}']);
    expect(told.deltaSamples.map(([name]) => name)).toHaveLength(5);
  });

  it.each([1, 2])('of an exponential histogram with temporality %i', (aggregationTemporality) => {
    const sent = { name: 'e', unit: 's', exponentialHistogram: { aggregationTemporality, dataPoints: [exponential] } };
    const { told, verdict } = decode(request([sent]));
    expect(aggregationTemporality === 1 ? told.deltaHistograms : told.histograms).toEqual([
      {
        of: 'e_seconds{a="b"}',
        timestampMs: MS,
        startMs: MS - 60_000,
        histogram: {
          schema: 1,
          zeroThreshold: 1e-128,
          zeroCount: 1,
          count: 10,
          sum: 4,
          positive: { spans: [{ offset: 0, length: 3 }], counts: [2, 0, 3] },
          negative: { spans: [{ offset: 5, length: 1 }], counts: [4] },
          customValues: [],
          resetHint: 'unknown',
        },
      },
    ]);
    expect(verdict.accepted).toEqual({ samples: 0, histograms: 1, exemplars: 0 });
  });

  it('of an exponential histogram that is finer than Prometheus knows, with a zero threshold and no sum', () => {
    const { sum: _, ...rest } = exponential;
    const fine = { ...rest, scale: 9, zeroThreshold: 0.25 };
    const { told } = decode(
      request([{ name: 'e', exponentialHistogram: { aggregationTemporality: 2, dataPoints: [fine] } }]),
    );
    expect(told.histograms[0]?.histogram).toMatchObject({
      schema: 8,
      zeroThreshold: 0.25,
      sum: Number.NaN,
      positive: { spans: [{ offset: 0, length: 2 }], counts: [2, 3] },
      negative: { spans: [{ offset: 3, length: 1 }], counts: [4] },
    });
  });

  it('of a summary', () => {
    const dataPoint = {
      ...point,
      count: '4',
      sum: 9,
      quantileValues: [
        { quantile: 0.5, value: 2 },
        { quantile: 1, value: 5 },
      ],
    };
    const { told } = decode(request([{ name: 's', summary: { dataPoints: [dataPoint] } }]));
    expect(told.samples.map(([name, , value]) => [name, value])).toEqual([
      ['s{a="b",quantile="0.5"}', 2],
      ['s{a="b",quantile="1"}', 5],
      ['s_sum{a="b"}', 9],
      ['s_count{a="b"}', 4],
    ]);
  });

  it('without a recorded value end their series; a delta has none to end', () => {
    const flags = 1;
    const sent = [
      gauge({ ...point, flags }),
      { name: 'c', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...point, flags }] } },
      histogram({ ...point, flags }),
      { name: 'e', exponentialHistogram: { aggregationTemporality: 2, dataPoints: [{ ...point, flags }] } },
    ];
    const { batch, told, verdict } = decode(request(sent));
    expect(verdict).toMatchObject({ total: 4, rejected: [] });
    expect(told.samples.map(([name]) => name)).toEqual([
      'g{a="b"}',
      'h_bucket{a="b",le="+Inf"}',
      'h_count{a="b"}',
      'h_sum{a="b"}',
      'e{a="b"}',
    ]);
    expect(told.samples.map((_, at) => bitsOf(batch.samples, at))).toEqual(told.samples.map(() => STALE_BITS));
    expect(told.deltaSamples).toEqual([]);
  });

  it('without a time are of the time of receipt, as those too far ahead', () => {
    const { told } = decode(
      request([gauge({ asDouble: 1 }), gauge({ asDouble: 2, timeUnixNano: `${MS + 90_000_000}000000` })]),
    );
    expect(told.samples.map(([, time]) => time)).toEqual([MS, MS]);
  });

  it('have exemplars at the series that they are of', () => {
    const exemplars = [
      {
        timeUnixNano: TIME,
        asDouble: 0.7,
        traceId: '0102030405060708090a0b0c0d0e0f10',
        spanId: '0102030405060708',
        filteredAttributes: [attribute('user.id', 'u'), attribute('trace_id', 'other')],
      },
      { asInt: '99' },
    ];
    const { told } = decode(
      request([histogram({ ...explicit, exemplars }), gauge({ ...point, asInt: '1', exemplars })]),
    );
    const labels = [
      ['exported_trace_id', 'other'],
      ['span_id', '0102030405060708'],
      ['trace_id', '0102030405060708090a0b0c0d0e0f10'],
      ['user_id', 'u'],
    ];
    expect(told.exemplars).toEqual([
      { of: 'h_bucket{a="b",le="10"}', timestampMs: MS, value: 0.7, labels },
      { of: 'h_bucket{a="b",le="+Inf"}', timestampMs: MS, value: 99, labels: [] },
      { of: 'g{a="b"}', timestampMs: MS, value: 0.7, labels },
      { of: 'g{a="b"}', timestampMs: MS, value: 99, labels: [] },
    ]);
  });
});

describe('refused points', () => {
  const sum = (aggregationTemporality: number) => ({
    name: 's',
    sum: { aggregationTemporality, dataPoints: [{ ...point, asInt: '1' }] },
  });
  const exp = (change: JsonObject) => ({
    name: 'e',
    exponentialHistogram: { aggregationTemporality: 2, dataPoints: [{ ...exponential, ...change }] },
  });
  it.each<[string, JsonObject, string, RegExp]>([
    ['no name', gauge({ ...point, asInt: '1' }, { name: '' }), 'invalid', /no name/],
    ['no letters in the name', gauge({ ...point, asInt: '1' }, { name: '…' }), 'invalid', /without letters/],
    ['no value', gauge(point), 'invalid', /must have a value/],
    ['no temporality', sum(0), 'invalid', /delta or cumulative/],
    ['an unknown temporality', sum(3), 'invalid', /delta or cumulative/],
    ['too old', gauge({ asInt: '1', timeUnixNano: '1000000000000000000' }), 'too-old', /30 days/],
    ['too few buckets', histogram({ ...explicit, bucketCounts: ['6'] }), 'invalid', /1 bucket counts for 2 bounds/],
    ['bounds in disorder', histogram({ ...explicit, explicitBounds: [10, 0.5] }), 'invalid', /ascend/],
    ['a count that is not that of the buckets', histogram({ ...explicit, count: '7' }), 'invalid', /add up to 6/],
    ['too coarse a scale', exp({ scale: -5 }), 'invalid', /scale is -5/],
    ['an exponential count that is not that of the buckets', exp({ count: '11' }), 'invalid', /add up to 10/],
    [
      'a quantile beyond 1',
      { name: 's', summary: { dataPoints: [{ ...point, quantileValues: [{ quantile: 1.5, value: 1 }] }] } },
      'invalid',
      /0 to 1/,
    ],
    [
      'too many labels',
      gauge({ ...point, asInt: '1', attributes: Array.from({ length: 64 }, (_, at) => attribute(`k${at}`, 'v')) }),
      'too-many-labels',
      /65 labels/,
    ],
    [
      'too many attributes',
      gauge({ ...point, asInt: '1', attributes: Array.from({ length: 513 }, (_, at) => attribute(`k${at}`, 'v')) }),
      'too-many-attributes',
      /512/,
    ],
    [
      'a value that is too long',
      gauge({ ...point, asInt: '1', attributes: [attribute('k', 'v'.repeat(8193))] }),
      'label-value-too-long',
      /8192/,
    ],
  ])('%s', (_, metric, code, message) => {
    const good = gauge({ ...point, asInt: '1' });
    const { verdict, told } = decode(request([good, metric, good]));
    expect(verdict.total).toBe(3);
    expect(verdict.rejected).toEqual([
      { index: 1, code, path: expect.any(String), message: expect.stringMatching(message) },
    ]);
    expect(told.samples.map(([name]) => name)).toEqual(['g{a="b"}', 'g{a="b"}']);
  });

  it('whose series are too many: all or nothing', () => {
    let left = 2;
    const gate = { admit: () => left-- > 0 };
    const json = Buffer.from(JSON.stringify(request([histogram(explicit)])));
    const { rejected } = verifyOtlpMetrics(json, 'json', { ...options, seriesGate: gate });
    expect(rejected).toMatchObject([{ index: 0, code: 'too-many-series' }]);
  });
});

describe('where points come from', () => {
  const resource = [
    attribute('service.name', 'shop'),
    attribute('service.namespace', 'eu'),
    attribute('service.instance.id', 'i-1'),
    attribute('host.name', 'h1'),
    { key: 'process.pid', value: { intValue: '7' } },
  ];

  it('are job, instance and service_name, and target_info at the latest time', () => {
    const earlier = gauge({ timeUnixNano: START, asInt: '1' });
    const { told, verdict } = decode(request([gauge({ timeUnixNano: TIME, asInt: '2' }), earlier], resource));
    const labels = '{instance="i-1",job="eu/shop",service_name="shop"}';
    expect(told.samples).toEqual([
      [`g${labels}`, MS, 2, 0],
      [`g${labels}`, MS - 60_000, 1, 0],
      ['target_info{host_name="h1",instance="i-1",job="eu/shop",process_pid="7"}', MS, 1, 0],
    ]);
    expect(told.metadata).toContainEqual({ metric: 'target_info', type: 'info', unit: '', help: expect.any(String) });
    expect(verdict.total).toBe(2);
  });

  it('have no target_info when they have no accepted point', () => {
    const { told } = decode(request([gauge({ ...point })], resource));
    expect(told.samples).toEqual([]);
  });

  it('are scopes', () => {
    const scope = { name: 'lib', version: '1.2', attributes: [attribute('x.y', 'z'), attribute('name', 'dropped')] };
    const sent = request(
      [gauge({ ...point, asInt: '1', attributes: [attribute('job', 'mine'), attribute('otel.scope.name', 'app')] })],
      [],
      scope,
    );
    (sent.resourceMetrics as JsonObject[]).forEach((group) => {
      (group.scopeMetrics as JsonObject[]).forEach((scopeGroup) => {
        scopeGroup.schemaUrl = 'https://s';
      });
    });
    expect(decode(sent).told.samples.map(([name]) => name)).toEqual([
      'g{exported_job="mine",otel_scope_name="app;lib",otel_scope_schema_url="https://s",otel_scope_version="1.2",otel_scope_x_y="z"}',
    ]);
  });
});

describe('requests', () => {
  it('without points, and with parts that are empty', () => {
    for (const sent of [
      {},
      { resourceMetrics: [] },
      { resourceMetrics: [{}] },
      request([]),
      request([{ name: 'x' }]),
      request([{ name: 'x', gauge: {} }]),
    ]) {
      expect(decode(sent).verdict).toEqual({
        total: 0,
        rejected: [],
        accepted: { samples: 0, histograms: 0, exemplars: 0 },
      });
    }
  });

  it('say the same in both encodings, and both halves agree on indexes', () => {
    const anyAttributes = fc.array(
      fc.tuple(fc.string(), fc.string()).map(([key, value]) => attribute(key.toWellFormed(), value.toWellFormed())),
      { maxLength: 3 },
    );
    const anyPoint = fc.record({
      timeUnixNano: fc.constantFrom(TIME, START, '5', '0'),
      asInt: fc.integer().map(String),
      count: fc.constantFrom('6', '7'),
      sum: fc.double({ noNaN: true, noDefaultInfinity: true }),
      bucketCounts: fc.constantFrom(['1', '2', '3'], ['6'], []),
      explicitBounds: fc.constantFrom([1, 2], [2, 1], []),
      scale: fc.integer({ min: -6, max: 12 }),
      zeroCount: fc.constantFrom('0', '6'),
      flags: fc.constantFrom(0, 0, 0, 1),
      attributes: anyAttributes,
    });
    const anyMetric = fc
      .tuple(
        fc.constantFrom('gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'),
        fc.constantFrom('a.b', '', 'c'),
        fc.array(anyPoint, { maxLength: 4 }),
        fc.integer({ min: 0, max: 2 }),
      )
      .map(([kind, name, sentPoints, aggregationTemporality]): JsonObject => {
        const dataPoints = structuredClone(sentPoints) as unknown as JsonValue[];
        const data: JsonObject =
          kind === 'gauge' || kind === 'summary' ? { dataPoints } : { dataPoints, aggregationTemporality };
        return { name, [kind]: data };
      });
    fc.assert(
      fc.property(fc.array(anyMetric, { maxLength: 5 }), anyAttributes, (metrics, resource) => {
        const sent = request(metrics, resource);
        const { verdict, told } = decode(sent);
        const { samples, histograms } = verdict.accepted;
        expect(samples + histograms + verdict.rejected.length).toBe(verdict.total);
        const points = metrics.flatMap((metric) =>
          Object.values(metric).flatMap((data) => ((data as JsonObject).dataPoints as JsonValue[]) ?? []),
        );
        expect(verdict.total).toBe(points.length);
        // Without what was refused, the same is told.
        const refused = new Set(verdict.rejected.map(({ index }) => index));
        let index = 0;
        const kept = metrics.map((metric) =>
          Object.fromEntries(
            Object.entries(metric).map(([key, data]) => {
              const dataPoints = (data as JsonObject).dataPoints as JsonValue[] | undefined;
              return [
                key,
                dataPoints === undefined
                  ? data
                  : { ...(data as JsonObject), dataPoints: dataPoints.filter(() => !refused.has(index++)) },
              ];
            }),
          ),
        );
        expect(decode(request(kept as JsonValue[], resource)).told).toEqual(told);
      }),
    );
  });
});

const suite = suitePath('otlp-bodies', 'proto_metrics.json');

describe.skipIf(suite === undefined)(
  `the specification's example${suite === undefined ? ': the suite otlp-bodies is not there' : ''}`,
  () => {
    it('is taken', () => {
      const json = readFileSync(suite ?? '');
      const protobuf = readFileSync(suitePath('otlp-bodies', 'proto_metrics.pb') ?? '');
      const wide = { ...options, retentionDays: 36_500 };
      expect(verifyOtlpMetrics(json, 'json', wide)).toMatchObject({ total: 4, rejected: [] });
      expect(verifyOtlpMetrics(protobuf, 'protobuf', wide)).toMatchObject({ total: 4, rejected: [] });
      const told = toldBatch(buildOtlpMetrics(protobuf, 'protobuf', wide, []));
      expect(toldBatch(buildOtlpMetrics(json, 'json', wide, []))).toEqual(told);
      expect(told.metadata.map(({ metric }) => metric)).toContain('my_counter_total');
    });
  },
);
