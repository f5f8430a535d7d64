import { AegisError, type MetricBatch } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNativeMetrics, verifyNativeMetrics } from '../native/native-metrics.ts';
import { buildOtlpMetrics, verifyOtlpMetrics } from '../otlp/otlp-metrics.ts';
import { buildRemoteWrite, verifyRemoteWrite } from '../remote-write/remote-write.ts';
import { anySeries, RECEIVED_AT_MS } from '../testing/arbitrary-write-series.ts';
import { encodeOtlpMetrics } from '../testing/encode-otlp-metrics.ts';
import { encodeWriteRequest1, encodeWriteRequest2 } from '../testing/encode-write-request.ts';
import { mutated } from '../testing/mutate-body.ts';
import { DATA_POINTS_MAX, INCREMENTS_MAX } from './metric-limits.ts';
import type { MetricVerdict } from './metric-verdict.ts';

const options = { receivedAtMs: RECEIVED_AT_MS, retentionDays: 30, seriesGate: { admit: () => true } };

interface Protocol {
  readonly name: string;
  verify(body: Uint8Array): MetricVerdict;
  build(body: Uint8Array, rejected: readonly number[]): MetricBatch;
  readonly bodies: fc.Arbitrary<Buffer>;
}

const attributes = [{ key: 'k', value: { arrayValue: { values: [{ intValue: '1' }] } } }];
const common = { attributes, timeUnixNano: `${RECEIVED_AT_MS}000000`, startTimeUnixNano: '5', flags: 0 };
const exemplars = [{ asDouble: 1, traceId: '01', filteredAttributes: attributes }];
const otlp = {
  resourceMetrics: [
    {
      resource: { attributes },
      scopeMetrics: [
        {
          scope: { name: 's', attributes },
          metrics: [
            { name: 'a', unit: 's', gauge: { dataPoints: [{ ...common, asDouble: 1, exemplars }] } },
            {
              name: 'b',
              sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...common, asInt: '4' }] },
            },
            {
              name: 'c',
              histogram: {
                aggregationTemporality: 2,
                dataPoints: [
                  { ...common, count: '3', sum: 1, min: 0, bucketCounts: ['1', '2'], explicitBounds: [1], exemplars },
                ],
              },
            },
            {
              name: 'd',
              exponentialHistogram: {
                aggregationTemporality: 2,
                dataPoints: [
                  {
                    ...common,
                    count: '3',
                    scale: 9,
                    zeroCount: '1',
                    positive: { offset: 3, bucketCounts: ['1', '1'] },
                  },
                ],
              },
            },
            {
              name: 'e',
              summary: {
                dataPoints: [{ ...common, count: '3', sum: 1, quantileValues: [{ quantile: 0.5, value: 1 }] }],
              },
            },
          ],
        },
      ],
    },
  ],
};
const native = {
  metrics: [
    { name: 'a', value: 1, labels: { x: 'y' }, exemplar: { value: 1, traceId: 'q' }, timestamp: RECEIVED_AT_MS },
    { name: 'h', type: 'histogram', buckets: { '1': 1, '+Inf': 2 }, sum: 1, count: 2 },
    { name: 's', type: 'summary', quantiles: { '0.5': 1 }, sum: 1, count: 2 },
  ],
};

const protocols: readonly Protocol[] = [
  ...([1, 2] as const).map((version) => ({
    name: `remote write ${version}.0`,
    verify: (body: Uint8Array) => verifyRemoteWrite(body, version, options),
    build: (body: Uint8Array, rejected: readonly number[]) => buildRemoteWrite(body, version, options, rejected),
    bodies: fc
      .array(anySeries, { minLength: 1, maxLength: 3 })
      .map((series) => (version === 1 ? encodeWriteRequest1(series) : encodeWriteRequest2(series))),
  })),
  ...(['protobuf', 'json'] as const).map((encoding) => ({
    name: `OTLP as ${encoding}`,
    verify: (body: Uint8Array) => verifyOtlpMetrics(body, encoding, options),
    build: (body: Uint8Array, rejected: readonly number[]) => buildOtlpMetrics(body, encoding, options, rejected),
    bodies: fc.constant(encoding === 'protobuf' ? encodeOtlpMetrics(otlp) : Buffer.from(JSON.stringify(otlp))),
  })),
  {
    name: 'native JSON',
    verify: (body) => verifyNativeMetrics(body, options),
    build: (body, rejected) => buildNativeMetrics(body, options, rejected),
    bodies: fc.constant(Buffer.from(JSON.stringify(native))),
  },
];

/** The verdict on a body, or the code of the client's error; anything else that happens is the test's failure. */
function outcome(protocol: Protocol, body: Uint8Array): MetricVerdict | string {
  let verdict: MetricVerdict;
  try {
    verdict = protocol.verify(body);
  } catch (error) {
    if (error instanceof AegisError && error.status >= 400 && error.status < 500) {
      expect(error.detail?.length).toBeLessThan(200);
      return error.code;
    }
    throw error;
  }
  const { samples, histograms, exemplars: accepted } = verdict.accepted;
  expect(samples + histograms + accepted + verdict.rejected.length).toBe(verdict.total);
  const indexes = verdict.rejected.map(({ index }) => index);
  expect(indexes).toEqual([...new Set(indexes)].sort((a, b) => a - b));
  const batch = protocol.build(body, indexes);
  if (protocol.name.startsWith('remote write')) {
    expect([batch.samples.count, batch.histograms.length, batch.exemplars.length]).toEqual([
      samples,
      histograms,
      accepted,
    ]);
  }
  return verdict;
}

describe.each(protocols)('hostile bodies of $name', (protocol) => {
  it('that were changed', () => {
    fc.assert(
      fc.property(mutated(protocol.bodies), (body) => {
        outcome(protocol, body);
      }),
      { numRuns: 1000 },
    );
  });

  it('of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (body) => {
        outcome(protocol, body);
      }),
      { numRuns: 1000 },
    );
  });

  it('cut at every byte', () => {
    const [body = Buffer.alloc(0)] = fc.sample(protocol.bodies, { numRuns: 1, seed: 4 });
    for (let end = 0; end < body.length; end += 1) {
      outcome(protocol, body.subarray(0, end));
    }
  });
});

describe('bodies that are small but say much', () => {
  const nested = (tag: number, times: number): Buffer => {
    let body = Buffer.alloc(0);
    for (let depth = 0; depth < times; depth += 1) {
      const length: number[] = [];
      for (let rest = body.length; ; rest >>>= 7) {
        length.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest <= 127) break;
      }
      body = Buffer.concat([Buffer.from([tag, ...length]), body]);
    }
    return body;
  };

  it.each(protocols.slice(0, 3))('nested very deep, of $name', (protocol) => {
    for (const tag of [0x0a, 0x12, 0x1a, 0x2a, 0x32]) {
      outcome(protocol, nested(tag, 2000));
    }
  });

  it('JSON nested very deep', () => {
    const deep = `${'{"arrayValue":{"values":['.repeat(3000)}${']}}'.repeat(3000)}`;
    const body = JSON.stringify(otlp).replace('{"intValue":"1"}', deep);
    expect(outcome(protocols[3] as Protocol, Buffer.from(body))).toMatchObject({ total: 5 });
  });

  it('with more data points than may be', () => {
    const samples = Buffer.from([0x12, 0]);
    const records = Buffer.alloc((DATA_POINTS_MAX + 1) * 2, samples);
    const length = records.length;
    const prefix = Buffer.from([
      0x0a,
      (length & 127) | 128,
      ((length >> 7) & 127) | 128,
      ((length >> 14) & 127) | 128,
      length >> 21,
    ]);
    expect(outcome(protocols[0] as Protocol, Buffer.concat([prefix, records]))).toBe('batch-too-large');
  });

  it('with more increments than may be: each bucket is one', () => {
    const point = {
      timeUnixNano: `${RECEIVED_AT_MS}000000`,
      count: '0',
      bucketCounts: Array(1000).fill('0'),
      explicitBounds: Array.from({ length: 999 }, (_, n) => n),
    };
    const bodyOf = (points: number, aggregationTemporality: number) => {
      const metric = { name: 'h', histogram: { aggregationTemporality, dataPoints: Array(points).fill(point) } };
      return Buffer.from(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }));
    };
    const points = Math.ceil(INCREMENTS_MAX / 1000);
    expect(outcome(protocols[3] as Protocol, bodyOf(points, 1))).toBe('batch-too-large');
    expect(outcome(protocols[3] as Protocol, bodyOf(points, 2))).toMatchObject({ total: points });
    expect(outcome(protocols[3] as Protocol, bodyOf(points - 2, 1))).toMatchObject({ total: points - 2 });
  });
});
