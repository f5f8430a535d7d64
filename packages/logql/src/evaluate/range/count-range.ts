import { unixNanos } from '@aegisguard/model';
import type { RangeAggregation } from '../../syntax/ast/range-aggregation.ts';
import type { Evaluation } from '../evaluation.ts';
import { labelSet } from '../label-set.ts';
import type { QuerySelection } from '../select/plan-selection.ts';
import { draftSeries, hasPoints, type VectorSeries } from '../value.ts';
import { type EqualBuckets, sumWindows } from './sum-windows.ts';
import type { WindowBuckets } from './window-buckets.ts';
import { windowTimes } from './window-times.ts';

/** Buckets between the first and the last time that matter; bounds what the store may answer per series. */
const BUCKETS_MAX = 1_000_000n;

/** The widest buckets that windows are made of; undefined when they are too many. */
export function equalBuckets(
  { after, last }: WindowBuckets,
  step: bigint,
  range: bigint,
  points: number,
): EqualBuckets | undefined {
  const bucket = points === 1 ? range : greatestCommonDivisor(step, range);
  if ((last - after) / bucket > BUCKETS_MAX) {
    return;
  }
  return { bucket, perStep: points === 1 ? 1 : Number(step / bucket), perWindow: Number(range / bucket) };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** Counts logs or bytes per group of labels in the store. */
export async function countRange(
  { reader, orgId, grid, turns, cost, cells }: Evaluation,
  { operation }: RangeAggregation,
  { matchers, lineFilters }: QuerySelection,
  windows: WindowBuckets,
  buckets: EqualBuckets,
  by: readonly string[],
): Promise<VectorSeries[]> {
  const { series: counted, stats } = await reader.countLogs(
    orgId,
    {
      matchers,
      lineFilters,
      ...windowTimes(windows),
      origin: unixNanos(windows.after),
      bucket: buckets.bucket,
      edges: '(]',
      by,
      of: operation === 'bytes_over_time' || operation === 'bytes_rate' ? 'bytes' : 'logs',
    },
    turns.bounds,
  );
  cost.add(stats);
  cells.take(counted.length * grid.points);
  const isRate = operation === 'rate' || operation === 'bytes_rate';
  const windowValue = isRate ? (sum: number) => sum / windows.rangeSeconds : (sum: number) => sum;
  const found: VectorSeries[] = [];
  for (const group of counted) {
    const present = Object.entries(group.labels).filter(([, value]) => value !== '');
    const series = draftSeries(labelSet(Object.fromEntries(present)), grid.points);
    sumWindows(group, buckets, series, windowValue);
    if (hasPoints(series)) {
      found.push(series);
    }
    await turns.pass();
  }
  return found;
}
