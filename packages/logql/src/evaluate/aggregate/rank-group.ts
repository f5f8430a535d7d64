import type { Evaluation } from '../evaluation.ts';
import { draftSeries, setPoint, type VectorSeries } from '../value.ts';

/** The members of a group whose values are among the so many greatest, or least, at a point; NaN comes last. Of equal ones the first stay. */
export async function rankGroup(
  { grid: { points }, cells, turns }: Evaluation,
  members: readonly VectorSeries[],
  count: number,
  isTop: boolean,
): Promise<VectorSeries[]> {
  const kept = new Map<number, VectorSeries>();
  const keptOf = (place: number): VectorSeries => {
    const known = kept.get(place);
    if (known !== undefined) {
      return known;
    }
    cells.take(points);
    const series = draftSeries(members[place]?.labels ?? [], points);
    kept.set(place, series);
    return series;
  };
  const compare = rankOrder(isTop);
  for (let point = 0; point < points; point += 1) {
    const ranked = members
      .map(({ present, values }, place) => ({ place, isPresent: present[point] === 1, value: values[point] ?? 0 }))
      .filter(({ isPresent }) => isPresent)
      .sort((a, b) => compare(a.value, b.value))
      .slice(0, count);
    for (const { place, value } of ranked) {
      setPoint(keptOf(place), point, value);
    }
    await turns.pass();
  }
  return [...kept.values()];
}

/** Series in the order of their values at the first point. */
export function sortSeries(vector: readonly VectorSeries[], isDescending: boolean): VectorSeries[] {
  const compare = rankOrder(isDescending);
  return [...vector].sort((a, b) => compare(a.values[0] ?? 0, b.values[0] ?? 0));
}

function rankOrder(isDescending: boolean): (a: number, b: number) => number {
  return (a, b) => {
    if (Number.isNaN(a) || Number.isNaN(b)) {
      return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    }
    if (a === b) {
      return 0;
    }
    return a < b === isDescending ? 1 : -1;
  };
}
