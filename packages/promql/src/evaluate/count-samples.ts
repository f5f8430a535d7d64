import { histogramSize } from './select/histogram-size.ts';
import { POINT, type Value, type VectorSeries } from './value.ts';

/** What a value counts for among the samples that are held; range vectors are counted by who reads them. */
export function countSamples(value: Value): number {
  switch (value.type) {
    case 'scalar':
      return value.values.length;
    case 'vector':
      return value.series.reduce((sum, series) => sum + countPoints(series), 0);
    default:
      return 0;
  }
}

/** What a series counts for. */
export function countPoints({ kinds, histograms }: VectorSeries): number {
  let count = 0;
  for (let point = 0; point < kinds.length; point += 1) {
    const kind = kinds[point];
    if (kind === POINT.float) {
      count += 1;
    } else if (kind === POINT.histogram) {
      const histogram = histograms?.[point];
      count += histogram === undefined ? 0 : histogramSize(histogram);
    }
  }
  return count;
}
