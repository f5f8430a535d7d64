import { POINT, type VectorSeries } from '../../evaluate/value.ts';
import { evaluationError } from '../evaluation-error.ts';

/** Series whose labels have become equal are one; two of them must not have a sample at the same point. */
export function mergeEqualSeries(vector: readonly VectorSeries[]): VectorSeries[] {
  const merged = new Map<string, VectorSeries>();
  for (const series of vector) {
    const key = JSON.stringify(series.labels);
    const other = merged.get(key);
    merged.set(key, other === undefined ? series : merge(other, series));
  }
  return [...merged.values()];
}

function merge(left: VectorSeries, right: VectorSeries): VectorSeries {
  if (left.kinds.some((kind, point) => kind !== POINT.absent && right.kinds[point] !== POINT.absent)) {
    throw evaluationError('vector cannot contain metrics with the same labelset');
  }
  const isLeft = (point: number): boolean => left.kinds[point] !== POINT.absent;
  const hasHistograms = left.histograms !== undefined || right.histograms !== undefined;
  return {
    labels: left.labels,
    dropsName: left.dropsName,
    kinds: left.kinds.map((kind, point) => (isLeft(point) ? kind : (right.kinds[point] ?? POINT.absent))),
    values: left.values.map((value, point) => (isLeft(point) ? value : (right.values[point] ?? 0))),
    histograms: hasHistograms
      ? Array.from(left.kinds, (_, point) => (isLeft(point) ? left : right).histograms?.[point])
      : undefined,
  };
}
