import type { Labels } from '@aegisguard/model';
import { POINT, type VectorSeries } from '../evaluate/value.ts';

/** A series that has a float at each point of the grid where the function gives one. */
export function floatSeries(
  labels: Labels,
  dropsName: boolean,
  points: number,
  valueAt: (point: number) => number | undefined,
): VectorSeries {
  const kinds = new Uint8Array(points);
  const values = new Float64Array(points);
  for (let point = 0; point < points; point += 1) {
    const value = valueAt(point);
    if (value !== undefined) {
      kinds[point] = POINT.float;
      values[point] = value;
    }
  }
  return { labels, dropsName, kinds, values, histograms: undefined };
}

/** Whether a series has anything at any point. */
export function hasSamples({ kinds }: VectorSeries): boolean {
  return kinds.some((kind) => kind !== POINT.absent);
}

/** A series without its histograms. */
export function floatsOf(series: VectorSeries): VectorSeries {
  return series.histograms === undefined
    ? series
    : {
        ...series,
        kinds: series.kinds.map((kind) => (kind === POINT.float ? kind : POINT.absent)),
        histograms: undefined,
      };
}
