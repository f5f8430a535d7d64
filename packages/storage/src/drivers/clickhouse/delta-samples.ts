import {
  addHistograms,
  compactHistogram,
  isStaleMarker,
  type NativeHistogram,
  STALE_MARKER_BITS,
  setStaleMarker,
} from '@aegisguard/model';
import type { EncodedMetricBatch } from '../../driver.ts';
import type { Increment } from './delta-totals.ts';
import { histogramsBlock, hourEndsOf, hoursBlock, SeriesIds, samplesBlock } from './metric-blocks.ts';

/** Float increments of a batch, as `DeltaTotals` takes them. */
export function floatIncrements({ orgId, deltas }: EncodedMetricBatch): Increment<number>[] {
  const increments: Increment<number>[] = [];
  const { series, batch, isRedelivery } = deltas ?? { series: [], batch: undefined, isRedelivery: false };
  const samples = deltas?.deltas.samples;
  for (let row = 0; samples !== undefined && batch !== undefined && row < samples.count; row += 1) {
    const of = series[samples.series[row] ?? -1];
    if (of !== undefined) {
      increments.push({
        orgId,
        batch,
        isRedelivery,
        series: of,
        timestampMs: Math.trunc(samples.timestampMs[row] ?? 0),
        startMs: samples.startMs[row] ?? 0,
        value: isStaleMarker(samples.value, row) ? undefined : samples.value[row],
      });
    }
  }
  return increments;
}

/** Native histograms that are increments. */
export function histogramIncrements({ orgId, deltas }: EncodedMetricBatch): Increment<NativeHistogram>[] {
  if (deltas === undefined) {
    return [];
  }
  const { series, batch, isRedelivery } = deltas;
  return deltas.deltas.histograms.flatMap(({ series: index, timestampMs, startMs, histogram }) => {
    const of = series[index];
    const value = isStaleMarker(Float64Array.of(histogram.sum), 0) ? undefined : histogram;
    return of === undefined
      ? []
      : [{ orgId, batch, isRedelivery, series: of, timestampMs: Math.trunc(timestampMs), startMs, value }];
  });
}

/** The total of a histogram series. An increment that cannot be added, because the kind of its buckets changed, begins anew. */
export function addIncrement(total: NativeHistogram, increment: NativeHistogram): NativeHistogram {
  const sum = addHistograms(total, increment);
  return sum === undefined ? { ...increment, resetHint: 'reset' } : { ...compactHistogram(sum), resetHint: 'unknown' };
}

/** Blocks of `metric_samples`, one for each batch. */
export function totalSamplesBlocks(samples: readonly Increment<number>[]): Uint8Array[] {
  return byBatch(samples).map((rows) => {
    const value = Float64Array.from(rows, (row) => row.value ?? 0);
    for (const [index, row] of rows.entries()) {
      if (row.value === undefined) {
        setStaleMarker(value, index);
      }
    }
    return samplesBlock(ownerOf(rows), new SeriesIds(rows.map(({ series }) => series)), {
      count: rows.length,
      series: Uint32Array.from(rows.keys()),
      timestampMs: Float64Array.from(rows, ({ timestampMs }) => timestampMs),
      value,
      startMs: Float64Array.from(rows, ({ startMs }) => startMs),
    });
  });
}

/** Blocks of `metric_hours` for samples that lie in another hour than the batch says. */
export function movedHoursBlocks(samples: readonly Increment<number>[]): Uint8Array[] {
  return byBatch(samples).map((rows) =>
    hoursBlock(
      ownerOf(rows),
      hourEndsOf({ count: rows.length, timestampMs: Float64Array.from(rows, ({ timestampMs }) => timestampMs) }),
    ),
  );
}

/** Blocks of `metric_histograms`, one for each batch. */
export function totalHistogramsBlocks(samples: readonly Increment<NativeHistogram>[]): Uint8Array[] {
  return byBatch(samples).map((rows) =>
    histogramsBlock(
      ownerOf(rows),
      new SeriesIds(rows.map(({ series }) => series)),
      rows.map(({ timestampMs, startMs, value }, series) => ({
        series,
        timestampMs,
        startMs,
        histogram: value ?? STALE_HISTOGRAM,
      })),
    ),
  );
}

const NO_BUCKETS = { spans: [], counts: [] };
const STALE_HISTOGRAM: NativeHistogram = {
  schema: 0,
  zeroThreshold: 0,
  zeroCount: 0,
  count: 0,
  sum: new Float64Array(BigUint64Array.of(STALE_MARKER_BITS).buffer)[0] ?? 0,
  positive: NO_BUCKETS,
  negative: NO_BUCKETS,
  customValues: [],
  resetHint: 'unknown',
};

function ownerOf<Value>(rows: readonly Increment<Value>[]) {
  const [first] = rows;
  if (first === undefined) {
    throw new RangeError('a batch without rows');
  }
  return { orgId: first.orgId, batch: first.batch };
}

function byBatch<Value>(rows: readonly Increment<Value>[]): Increment<Value>[][] {
  const batches = new Map<string, Increment<Value>[]>();
  for (const row of rows) {
    const key = `${row.orgId} ${row.batch.batchId}`;
    const batch = batches.get(key);
    if (batch === undefined) {
      batches.set(key, [row]);
    } else {
      batch.push(row);
    }
  }
  return [...batches.values()];
}
