import { labelsKey } from './label-set.ts';
import type { VectorSeries } from './value.ts';

/** Series of the same labels become one, unless both have a value at some point: what an operation gives at one time does not know of another. */
export function uniteSeries(vector: readonly VectorSeries[]): VectorSeries[] {
  const united = new Map<string, VectorSeries>();
  const others: VectorSeries[] = [];
  for (const series of vector) {
    const key = labelsKey(series.labels);
    const known = united.get(key);
    if (known === undefined) {
      united.set(key, series);
    } else if (known.present.some((isPresent, point) => isPresent === 1 && series.present[point] === 1)) {
      others.push(series);
    } else {
      united.set(key, unite(known, series));
    }
  }
  return [...united.values(), ...others];
}

function unite(a: VectorSeries, b: VectorSeries): VectorSeries {
  return {
    labels: a.labels,
    present: a.present.map((isPresent, point) => isPresent | (b.present[point] ?? 0)),
    values: a.values.map((value, point) => (a.present[point] === 1 ? value : (b.values[point] ?? 0))),
  };
}
