// How `count_values` names a native histogram, as Prometheus's `FloatHistogram` writes itself: count, sum, and the buckets that hold something.
import type { NativeHistogram } from '@aegisguard/model';
import { indexedCounts } from '@aegisguard/model';
import { formatGeneral } from '../functions/format-general.ts';
import { boundsOf, type Side } from './bucket-bounds.ts';

/** `{count:3, sum:4.5, [-0.001,0.001]:1, (1,2]:2}`. */
export function printHistogram(histogram: NativeHistogram): string {
  const { count, sum, zeroCount, zeroThreshold } = histogram;
  const parts = [`count:${formatGeneral(count)}`, `sum:${formatGeneral(sum)}`];
  parts.push(...printSide(histogram, 'negative').reverse());
  if (zeroCount !== 0) {
    parts.push(printBucket('[', -zeroThreshold, zeroThreshold, ']', zeroCount));
  }
  parts.push(...printSide(histogram, 'positive'));
  return `{${parts.join(', ')}}`;
}

/** A bucket's end that is nearer to 0 does not belong to it; the lowest custom one has both. */
function printSide(histogram: NativeHistogram, side: Side): string[] {
  return indexedCounts(histogram[side])
    .filter(([, count]) => count !== 0)
    .map(([index, count]) => {
      const [lower, upper] = boundsOf(histogram, side, index);
      const hasLower = side === 'negative' || lower === Number.NEGATIVE_INFINITY;
      return printBucket(hasLower ? '[' : '(', lower, upper, side === 'negative' ? ')' : ']', count);
    });
}

function printBucket(open: string, lower: number, upper: number, close: string, count: number): string {
  return `${open}${formatGeneral(lower)},${formatGeneral(upper)}${close}:${formatGeneral(count)}`;
}
