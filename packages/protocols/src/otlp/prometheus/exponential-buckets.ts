// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#exponential-histograms
import type { HistogramBuckets, NativeHistogram } from '@aegisguard/model';
import { SCHEMA_MAX } from '../../metrics/check-native-histogram.ts';
import type { OtlpBuckets, OtlpPoint } from '../metric-message.ts';

/** What the zero bucket reaches to when nothing was said: the specification's default. */
const ZERO_THRESHOLD_DEFAULT = 1e-128;
/** Halving a 32-bit index more often changes nothing, and powers of two beyond the doubles are none. */
const HALVINGS_MAX = 62;
/** So many empty buckets in a row are cheaper as a gap between spans than as counts. */
const GAP_MIN = 3;

/** Counts by Prometheus's index, each of `2^halvings` neighbours of the finer scale added up. Its buckets are named by their upper bound, OTLP's by their lower: one more. */
function mergedCounts({ offset, counts }: OtlpBuckets, halvings: number): { first: number; counts: number[] } {
  const width = 2 ** Math.min(halvings, HALVINGS_MAX);
  const first = Math.floor(offset / width);
  const merged: number[] = [];
  for (const [at, count] of counts.entries()) {
    const index = Math.floor((offset + at) / width) - first;
    merged[index] = (merged[index] ?? 0) + count;
  }
  return { first: first + 1, counts: merged };
}

/** The end of the run of empty buckets that begins here. */
function endOfGap(counts: readonly number[], from: number): number {
  let at = from;
  while (at < counts.length && counts[at] === 0) {
    at += 1;
  }
  return at;
}

/** OTLP's dense buckets as spans, at a scale lower by `halvings`. */
export function spansOf(buckets: OtlpBuckets, halvings: number): HistogramBuckets {
  const { first, counts } = mergedCounts(buckets, halvings);
  const spans: { offset: number; length: number }[] = [];
  const kept: number[] = [];
  let span: { offset: number; length: number } | undefined;
  let spanEnd = 0;
  for (let at = 0; at < counts.length; ) {
    const gapEnd = endOfGap(counts, at);
    if (gapEnd === counts.length) {
      break;
    }
    if (span === undefined || gapEnd - at >= GAP_MIN) {
      span = { offset: span === undefined ? first + gapEnd : gapEnd - spanEnd, length: 0 };
      spans.push(span);
      at = gapEnd;
    }
    span.length += 1;
    kept.push(counts[at] ?? 0);
    at += 1;
    spanEnd = at;
  }
  return { spans, counts: kept };
}

/** An exponential histogram's point as a native histogram. A scale finer than Prometheus knows is made coarser; one that is too coarse stays, for the check to refuse. */
export function nativeHistogramOf(point: OtlpPoint): NativeHistogram {
  const halvings = Math.max(0, point.scale - SCHEMA_MAX);
  return {
    schema: point.scale - halvings,
    zeroThreshold: point.zeroThreshold === 0 ? ZERO_THRESHOLD_DEFAULT : point.zeroThreshold,
    zeroCount: point.zeroCount,
    count: point.count,
    sum: point.sum ?? Number.NaN,
    positive: spansOf(point.positive, halvings),
    negative: spansOf(point.negative, halvings),
    customValues: [],
    resetHint: 'unknown',
  };
}
