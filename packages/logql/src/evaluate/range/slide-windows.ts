import type { Labels } from '@aegisguard/model';
import { draftSeries, setPoint, type VectorSeries } from '../value.ts';
import type { CellKind } from './cells.ts';
import type { WindowBuckets } from './window-buckets.ts';

/**
 * The values of all windows. Buckets are taken in runs as long as a window, and merged within each from its beginning on and from its end back: any window is the end of
 * a run and the beginning of the next, so that long windows cost no more than short ones, and nothing is ever subtracted.
 */
export function slideWindows(
  labels: Labels,
  kind: CellKind,
  cells: Float64Array,
  buckets: WindowBuckets,
  points: number,
): VectorSeries {
  const { size, stride } = buckets;
  const { width } = kind;
  const series = draftSeries(labels, points);
  if (size === 1) {
    for (let point = 0; point < points; point += 1) {
      giveValue(series, point, kind, cells, point * width);
    }
    return series;
  }
  const fromStart = mergedFromStart(kind, cells, size);
  const toEnd = mergedToEnd(kind, cells, size);
  const window = new Float64Array(width);
  for (let point = 0; point < points; point += 1) {
    const first = point * stride;
    const last = first + size - 1;
    if (first % size === 0) {
      giveValue(series, point, kind, fromStart, last * width);
      continue;
    }
    window.set(toEnd.subarray(first * width, (first + 1) * width));
    kind.merge(window, 0, fromStart, last * width);
    giveValue(series, point, kind, window, 0);
  }
  return series;
}

function giveValue(series: VectorSeries, point: number, kind: CellKind, cells: Float64Array, at: number): void {
  if (cells[at] !== 0) {
    setPoint(series, point, kind.value(cells, at));
  }
}

function mergedFromStart({ width, merge }: CellKind, cells: Float64Array, size: number): Float64Array {
  const merged = new Float64Array(cells.length);
  for (let bucket = 0; bucket * width < cells.length; bucket += 1) {
    const at = bucket * width;
    if (bucket % size !== 0) {
      for (let place = at; place < at + width; place += 1) {
        merged[place] = merged[place - width] ?? 0;
      }
    }
    merge(merged, at, cells, at);
  }
  return merged;
}

function mergedToEnd({ width, merge }: CellKind, cells: Float64Array, size: number): Float64Array {
  const merged = cells.slice();
  for (let bucket = cells.length / width - 2; bucket >= 0; bucket -= 1) {
    if (bucket % size !== size - 1) {
      merge(merged, bucket * width, merged, (bucket + 1) * width);
    }
  }
  return merged;
}
