import type { HistogramBuckets, NativeHistogram } from '@aegisguard/model';
import { base64Array, readFloats } from './base64-column.ts';
import { RESET_HINTS } from './metric-columns.ts';

/** The expressions that `readHistogramRow` needs, in its order. */
export const HISTOGRAM_ROW_COLUMNS = [
  'toString(series_id)',
  'toUnixTimestamp64Milli(timestamp)',
  'start_ms',
  'schema',
  base64Array('[zero_threshold, zero_count, count, sum]'),
  'positive_offsets',
  'positive_lengths',
  base64Array('positive_counts'),
  'negative_offsets',
  'negative_lengths',
  base64Array('negative_counts'),
  base64Array('custom_values'),
  'reset_hint',
].join(', ');

/** A histogram of a series at a time. */
export interface StoredHistogram {
  readonly seriesId: bigint;
  readonly timestampMs: number;
  readonly startMs: number;
  readonly histogram: NativeHistogram;
}

/** Reads a row of `HISTOGRAM_ROW_COLUMNS`. */
export function readHistogramRow(row: readonly unknown[]): StoredHistogram {
  const [id, time, start, schema, numbers, offsets, lengths, counts, ...rest] = row;
  const [negativeOffsets, negativeLengths, negativeCounts, customValues, hint] = rest;
  const [zeroThreshold = 0, zeroCount = 0, count = 0, sum = 0] = readFloats(numbers);
  return {
    seriesId: BigInt(String(id)),
    timestampMs: Number(time),
    startMs: Number(start),
    histogram: {
      schema: Number(schema),
      zeroThreshold,
      zeroCount,
      count,
      sum,
      positive: readBuckets(offsets, lengths, counts),
      negative: readBuckets(negativeOffsets, negativeLengths, negativeCounts),
      customValues: [...readFloats(customValues)],
      resetHint: RESET_HINTS[Number(hint)] ?? 'unknown',
    },
  };
}

function readBuckets(offsets: unknown, lengths: unknown, counts: unknown): HistogramBuckets {
  const lengthOf = lengths as readonly unknown[];
  const spans = (offsets as readonly unknown[]).map((offset, index) => ({
    offset: Number(offset),
    length: Number(lengthOf[index]),
  }));
  return { spans, counts: [...readFloats(counts)] };
}
