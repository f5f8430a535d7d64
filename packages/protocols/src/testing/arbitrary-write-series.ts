import type { NativeHistogram } from '@aegisguard/model';
import fc from 'fast-check';
import type { TestLabels, TestRecord, TestSeries } from './encode-write-request.ts';

/** The time that test batches are received at. */
export const RECEIVED_AT_MS = Date.parse('2026-11-26T12:00:00Z');

const time = fc.integer({ min: RECEIVED_AT_MS - 86_400_000, max: RECEIVED_AT_MS });
const text = fc
  .oneof(fc.constantFrom('a', 'b', 'é', '\u{1f600}', '\uffee', 'x'.repeat(130)), fc.string({ minLength: 1 }))
  .map((value) => value.toWellFormed());

function compareBytes([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Label sets as senders must send them. */
const anyLabels: fc.Arbitrary<TestLabels> = fc
  .tuple(text, fc.dictionary(text, text, { maxKeys: 6 }))
  .map(([metric, others]) => Object.entries({ ...others, __name__: metric }).sort(compareBytes));

const count = fc.integer({ min: 0, max: 1000 });

function buckets(counts: readonly (readonly number[])[]): NativeHistogram['positive'] {
  const kept = counts.filter((run) => run.length > 0);
  return {
    spans: kept.map((run, at) => ({ offset: at * 2 - (at === 0 ? 3 : 0), length: run.length })),
    counts: kept.flat(),
  };
}

const anyBuckets = fc.array(fc.array(count, { maxLength: 4 }), { maxLength: 3 }).map(buckets);

/** Valid native histograms with integer counts. */
const anyHistogram: fc.Arbitrary<NativeHistogram> = fc
  .record({
    schema: fc.integer({ min: -4, max: 8 }),
    zeroThreshold: fc.constantFrom(0, 1e-128, 0.5),
    zeroCount: count,
    sum: fc.double({ noNaN: true }),
    positive: anyBuckets,
    negative: anyBuckets,
    resetHint: fc.constantFrom('unknown', 'reset', 'not-reset', 'gauge'),
  })
  .map((histogram) => ({
    ...histogram,
    count: [histogram.zeroCount, ...histogram.positive.counts, ...histogram.negative.counts].reduce(
      (sum, n) => sum + n,
      0,
    ),
    customValues: [],
  }));

/** Records that are accepted. */
const anyRecord: fc.Arbitrary<TestRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('sample' as const),
    bits: fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.constantFrom(0x7ff0000000000002n, 0x7ff8000000000001n),
    ),
    timestampMs: time,
    startMs: fc.constantFrom(0, 1, RECEIVED_AT_MS - 2 * 86_400_000),
  }),
  fc.record({
    kind: fc.constant('histogram' as const),
    histogram: anyHistogram,
    isInteger: fc.boolean(),
    timestampMs: time,
    startMs: fc.constantFrom(0, 1),
  }),
  fc.record({
    kind: fc.constant('exemplar' as const),
    labels: fc.dictionary(text, text, { maxKeys: 3 }).map((labels) => Object.entries(labels)),
    value: fc.double({ noNaN: true }),
    timestampMs: time,
  }),
);

/** Series that are accepted. */
export const anySeries: fc.Arbitrary<TestSeries> = fc.record(
  {
    labels: anyLabels,
    records: fc.array(anyRecord, { maxLength: 5 }),
    metadata: fc.record({
      type: fc.integer({ min: 0, max: 9 }),
      help: fc.string().map((help) => help.toWellFormed()),
      unit: fc.constantFrom('', 's'),
    }),
    isScattered: fc.boolean(),
  },
  { requiredKeys: ['labels', 'records', 'isScattered'] },
);
