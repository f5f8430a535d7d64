import { withoutName } from '../label-order.ts';
import { labelsKey } from '../labels-key.ts';
import { sameLabelsError, uniteSeries } from '../unite-series.ts';
import type { VectorSeries } from '../value.ts';

/** The end of delayed name removal: names go that are to go, and series that have become the same become one. Throws `query-not-runnable` where two of them have a point at the same time. */
export function removeNames(vector: readonly VectorSeries[], points: number): VectorSeries[] {
  const named = vector.map((series) => (series.dropsName ? { ...series, labels: withoutName(series.labels) } : series));
  if (points > 1) {
    return uniteSeries(named);
  }
  const keys = new Set(named.map(({ labels }) => labelsKey(labels)));
  if (keys.size < named.length) {
    throw sameLabelsError();
  }
  return named;
}
