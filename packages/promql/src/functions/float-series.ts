import type { Labels } from '@aegisguard/model';
import { draftSeries, setPoint } from '../evaluate/series-draft.ts';
import { POINT, type VectorSeries } from '../evaluate/value.ts';

/** A series that has a float at each point of the grid where the function gives one. */
export function floatSeries(
  labels: Labels,
  dropsName: boolean,
  points: number,
  valueAt: (point: number) => number | undefined,
): VectorSeries {
  const draft = draftSeries(labels, dropsName, points);
  for (let point = 0; point < points; point += 1) {
    const value = valueAt(point);
    if (value !== undefined) {
      setPoint(draft, point, value);
    }
  }
  return draft;
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
