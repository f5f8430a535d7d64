import type { NativeHistogram } from '@aegisguard/model';
import { checkCells } from './check-cells.ts';
import { POINT, type Value, type VectorSeries } from './value.ts';

/** A value of one point at each of many points. */
export function repeatValue(value: Value, points: number): Value {
  switch (value.type) {
    case 'string':
      return value;
    case 'scalar':
      return { type: 'scalar', values: new Float64Array(points).fill(value.values[0] ?? 0) };
    case 'matrix':
      return { ...value, windowEndsMs: new Float64Array(points).fill(value.windowEndsMs[0] ?? 0) };
    case 'vector':
      checkCells(value.series.length, points);
      return { type: 'vector', series: value.series.map((series) => repeatSeries(series, points)) };
  }
}

function repeatSeries({ labels, dropsName, kinds, values, histograms }: VectorSeries, points: number): VectorSeries {
  return {
    labels,
    dropsName,
    kinds: new Uint8Array(points).fill(kinds[0] ?? POINT.absent),
    values: new Float64Array(points).fill(values[0] ?? 0),
    histograms: histograms && new Array<NativeHistogram | undefined>(points).fill(histograms[0]),
  };
}
