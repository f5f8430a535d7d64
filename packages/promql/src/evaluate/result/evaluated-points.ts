import type { EvaluatedSeries, HistogramPoint } from '../evaluated-series.ts';
import { POINT, type VectorSeries } from '../value.ts';

/** A series with the points that it has, and their times. */
export function evaluatedPoints(
  { labels, kinds, values, histograms }: VectorSeries,
  pointsMs: Float64Array,
): EvaluatedSeries {
  const [from, to] = floatRun(kinds);
  if (histograms === undefined && isFilled(kinds, from, to)) {
    return { labels, timestampsMs: pointsMs.subarray(from, to), values: values.subarray(from, to), histograms: [] };
  }
  const isFloat = (_: number, point: number): boolean => kinds[point] === POINT.float;
  return {
    labels,
    timestampsMs: pointsMs.filter(isFloat),
    values: values.filter(isFloat),
    histograms: (histograms ?? []).flatMap((histogram, point): HistogramPoint[] =>
      histogram === undefined || kinds[point] !== POINT.histogram
        ? []
        : [{ timestampMs: pointsMs[point] ?? 0, histogram }],
    ),
  };
}

/** From the first float to behind the last. */
function floatRun(kinds: Uint8Array): [from: number, to: number] {
  const from = kinds.indexOf(POINT.float);
  return from === -1 ? [0, 0] : [from, kinds.lastIndexOf(POINT.float) + 1];
}

/** Whether there is a float at every point of a run, as there mostly is: series begin and end, and have no gaps between. */
function isFilled(kinds: Uint8Array, from: number, to: number): boolean {
  for (let point = from; point < to; point += 1) {
    if (kinds[point] !== POINT.float) {
      return false;
    }
  }
  return true;
}
