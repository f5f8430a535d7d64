import type { Labels, NativeHistogram } from '@aegisguard/model';
import { POINT, type VectorSeries } from './value.ts';

/** A vector's series while it is being made. */
export interface SeriesDraft extends VectorSeries {
  histograms: (NativeHistogram | undefined)[] | undefined;
}

/** A series without points. */
export function draftSeries(labels: Labels, dropsName: boolean, points: number): SeriesDraft {
  return {
    labels,
    dropsName,
    kinds: new Uint8Array(points),
    values: new Float64Array(points),
    histograms: undefined,
  };
}

/** Gives the series a point. */
export function setPoint(draft: SeriesDraft, point: number, result: number | NativeHistogram): void {
  if (typeof result === 'number') {
    draft.kinds[point] = POINT.float;
    draft.values[point] = result;
    return;
  }
  draft.kinds[point] = POINT.histogram;
  draft.histograms ??= new Array<NativeHistogram | undefined>(draft.kinds.length).fill(undefined);
  draft.histograms[point] = result;
}

/** What a series has at a point. */
export function pointOf(series: VectorSeries, point: number): number | NativeHistogram | undefined {
  switch (series.kinds[point]) {
    case POINT.float:
      return series.values[point];
    case POINT.histogram:
      return series.histograms?.[point];
    default:
      return undefined;
  }
}

/** Whether a series has any point. */
export function hasPoints({ kinds }: VectorSeries): boolean {
  for (let point = 0; point < kinds.length; point += 1) {
    if (kinds[point] !== POINT.absent) {
      return true;
    }
  }
  return false;
}
