import type { LabelMatcher, Labels } from '@aegisguard/model';
import { labelSet } from '../label-set.ts';
import { draftSeries, hasPoints, setPoint, type VectorSeries } from '../value.ts';

/** `absent_over_time`: 1 at every point whose window has no log. */
export function absentSeries(
  matchers: readonly LabelMatcher[],
  found: readonly VectorSeries[],
  points: number,
): readonly VectorSeries[] {
  const series = draftSeries(absentLabels(matchers), points);
  for (let point = 0; point < points; point += 1) {
    if (!found.some(({ present }) => present[point] === 1)) {
      setPoint(series, point, 1);
    }
  }
  return hasPoints(series) ? [series] : [];
}

/** The labels that all that is missing would have: those that a matcher sets to one value, and no other matcher is about. */
function absentLabels(matchers: readonly LabelMatcher[]): Labels {
  const once = matchers.filter(({ name }) => matchers.filter((other) => other.name === name).length === 1);
  return labelSet(
    Object.fromEntries(
      once.filter(({ op, value }) => op === '=' && value !== '').map(({ name, value }) => [name, value]),
    ),
  );
}
