// Tables of Prometheus's own tests, read from AEGIS_SUITES_DIR.
import { readFileSync } from 'node:fs';
import { compactHistogram, exponentialBound, indexedCounts, type NativeHistogram } from '@aegisguard/model';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { boundedBuckets } from './bucket-bounds.ts';
import { addHistograms, type CombinedHistogram, subtractHistograms } from './combine-histograms.ts';
import { detectsReset } from './detects-reset.ts';
import { HistogramSum } from './histogram-sum.ts';
import { divideHistogram, scaleHistogram } from './scale-histogram.ts';
import { shareBelow } from './share-below.ts';

interface GoSpan {
  readonly $elems?: readonly [offset: number, length: number];
  readonly Offset?: number;
  readonly Length?: number;
}

interface GoHistogram {
  readonly Schema?: unknown;
  readonly ZeroThreshold?: unknown;
  readonly ZeroCount?: unknown;
  readonly Count?: unknown;
  readonly Sum?: unknown;
  readonly PositiveSpans?: readonly GoSpan[];
  readonly PositiveBuckets?: readonly unknown[];
  readonly NegativeSpans?: readonly GoSpan[];
  readonly NegativeBuckets?: readonly unknown[];
  readonly CustomValues?: readonly unknown[];
  readonly CounterResetHint?: { readonly $ident: string };
}

/** A row of any of the tables. */
interface Case {
  readonly name: string;
  readonly in?: unknown;
  readonly in1?: unknown;
  readonly in2?: unknown;
  readonly fh?: unknown;
  readonly h?: unknown;
  readonly current?: unknown;
  readonly previous?: unknown;
  readonly expected?: unknown;
  readonly scale?: unknown;
  readonly s?: unknown;
  readonly idx?: unknown;
  readonly schema?: unknown;
  readonly v?: unknown;
  readonly want?: unknown;
  readonly linear?: boolean;
  readonly bucket?: { readonly Lower?: number; readonly Upper?: number };
  readonly resetExpected?: boolean;
  readonly expErrMsg?: string;
  readonly expCounterResetCollision?: boolean;
  readonly expNHCBBoundsReconciled?: boolean;
}

const path = suitePath('prometheus-vectors/histogram.json');
const TABLES: readonly { readonly func: string; readonly cases: readonly Case[] }[] =
  path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'));

function casesOf(func: string): readonly Case[] {
  return TABLES.find((table) => table.func === func)?.cases ?? [];
}

const HINTS: Readonly<Record<string, NativeHistogram['resetHint']>> = {
  CounterReset: 'reset',
  NotCounterReset: 'not-reset',
  GaugeType: 'gauge',
};

function numberOf(value: unknown): number {
  if (typeof value === 'number') {
    return value;
  }
  const { $ident, $call, args = [] } = Object(value) as { $ident?: string; $call?: string; args?: readonly unknown[] };
  if ($call === 'math.Inf' || $call === 'math.NaN') {
    return $call === 'math.NaN' ? Number.NaN : Number.POSITIVE_INFINITY;
  }
  const named: Readonly<Record<string, number>> = { CustomBucketsSchema: -53, 'math.MaxFloat64': Number.MAX_VALUE };
  const known = named[$ident ?? ''];
  if (known === undefined) {
    throw new Error(`unknown number ${JSON.stringify([$ident, $call, args])}`);
  }
  return known;
}

function histogramOf(given: unknown): NativeHistogram {
  const go = given as GoHistogram;
  const spans = (list: readonly GoSpan[] = []) =>
    list.map(({ $elems, Offset = 0, Length = 0 }) => ({
      offset: $elems?.[0] ?? Offset,
      length: $elems?.[1] ?? Length,
    }));
  return {
    schema: numberOf(go.Schema ?? 0),
    zeroThreshold: numberOf(go.ZeroThreshold ?? 0),
    zeroCount: numberOf(go.ZeroCount ?? 0),
    count: numberOf(go.Count ?? 0),
    sum: numberOf(go.Sum ?? 0),
    positive: { spans: spans(go.PositiveSpans), counts: (go.PositiveBuckets ?? []).map(numberOf) },
    negative: { spans: spans(go.NegativeSpans), counts: (go.NegativeBuckets ?? []).map(numberOf) },
    customValues: (go.CustomValues ?? []).map(numberOf),
    resetHint: HINTS[go.CounterResetHint?.$ident ?? ''] ?? 'unknown',
  };
}

/** Numbers as far as they are the same however they were added up. */
function rounded(histogram: NativeHistogram): NativeHistogram {
  const round = (value: number) => Number(value.toPrecision(12));
  const compact = compactHistogram(histogram);
  const side = ({ spans, counts }: NativeHistogram['positive']) => ({ spans, counts: counts.map(round) });
  return {
    ...compact,
    zeroCount: round(compact.zeroCount),
    count: round(compact.count),
    sum: round(compact.sum),
    positive: side(compact.positive),
    negative: side(compact.negative),
  };
}

function expectCombined(found: CombinedHistogram | undefined, wanted: Case): void {
  if ((wanted.expErrMsg ?? '') !== '') {
    expect(found).toBeUndefined();
    return;
  }
  if (wanted.expected !== undefined && wanted.expected !== null) {
    expect(found && rounded(found.histogram)).toEqual(rounded(histogramOf(wanted.expected)));
  }
  expect(found?.isResetConflict).toBe(wanted.expCounterResetCollision ?? false);
  expect(found?.areBoundsReconciled).toBe(wanted.expNHCBBoundsReconciled ?? false);
}

describe.skipIf(path === undefined)("Prometheus's tables (need AEGIS_SUITES_DIR)", () => {
  it.each(casesOf('TestFloatHistogramMul'))('multiplied: $name', (row) => {
    const scaled = scaleHistogram(histogramOf(row.in), numberOf(row.scale));
    expect(rounded(scaled)).toEqual(rounded(histogramOf(row.expected)));
  });

  it.each(casesOf('TestFloatHistogramDiv'))('divided: $name', (row) => {
    const divided = divideHistogram(histogramOf(row.fh), numberOf(row.s));
    const expected = histogramOf(row.expected);
    expect(rounded(divided)).toEqual(rounded(expected));
  });

  it.each(casesOf('TestFloatHistogramDetectReset'))('a reset or none: $name', (row) => {
    expect(detectsReset(histogramOf(row.current), histogramOf(row.previous))).toBe(row.resetExpected);
  });

  it.each(casesOf('TestFloatHistogramAdd'))('added: $name', (row) => {
    const [left, right] = [histogramOf(row.in1), histogramOf(row.in2)];
    expectCombined(addHistograms(left, right), row);
    const sum = new HistogramSum(left, 'sum');
    if (sum.add(right)) {
      const once = addHistograms(left, right);
      expect(rounded(sum.value())).toEqual(once && rounded(once.histogram));
      expect([sum.isResetConflict, sum.areBoundsReconciled]).toEqual([
        once?.isResetConflict,
        once?.areBoundsReconciled,
      ]);
    } else {
      expect(row.expErrMsg).toBeTruthy();
    }
  });

  it.each(casesOf('TestFloatHistogramSub'))('subtracted: $name', (row) => {
    expectCombined(subtractHistograms(histogramOf(row.in1), histogramOf(row.in2)), row);
  });

  it('bounds of exponential buckets', () => {
    for (const row of casesOf('TestGetBoundExponential')) {
      expect(exponentialBound(numberOf(row.idx), numberOf(row.schema))).toBeCloseTo(numberOf(row.want), 12);
    }
  });

  it.each(casesOf('TestBucketFractionBelow'))('the share below a value: $name', (row) => {
    const { Lower = 0, Upper = 0 } = row.bucket ?? {};
    expect(shareBelow(numberOf(row.v), Lower, Upper, row.linear === true)).toBeCloseTo(numberOf(row.want), 12);
  });

  it('all buckets, ascending', () => {
    for (const row of casesOf('TestAllFloatBucketIterator')) {
      const histogram = histogramOf(row.h);
      const found = boundedBuckets(histogram);
      const counts = [
        ...indexedCounts(histogram.negative).reverse(),
        ...(histogram.zeroCount > 0 ? [[0, histogram.zeroCount] as const] : []),
        ...indexedCounts(histogram.positive),
      ];
      expect(found.map(({ count }) => count)).toEqual(counts.map(([, count]) => count));
      expect(found.every(({ upper }, index) => upper <= (found[index + 1]?.lower ?? upper))).toBe(true);
    }
  });
});
