import type { EvaluatedSeries, HistogramPoint } from '../evaluated-series.ts';
import { POINT, type VectorSeries } from '../value.ts';

/** A series with the points that it has, and their times. */
export function evaluatedPoints(
  { labels, kinds, values, histograms }: VectorSeries,
  pointsMs: Float64Array,
): EvaluatedSeries {
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
