// https://prometheus.io/docs/prometheus/latest/querying/functions/#sort and its kin. Only the answer of an instant query has an order.
import { compareLabels } from '@aegisguard/model';
import { labelOf } from '../../evaluate/label-order.ts';
import { hasPoints } from '../../evaluate/series-draft.ts';
import type { VectorSeries } from '../../evaluate/value.ts';
import { textOf, vectorOf } from '../call-arguments.ts';
import { floatsOf } from '../float-series.ts';
import type { CallContext, FunctionImplementation, Implementations } from '../function-implementation.ts';
import { compareNaturally } from './natural-order.ts';

type Direction = 1 | -1;

/** The answer of a range query, and what a subquery goes through, is in order of labels. */
function warnOfPoints({ annotations, call, pointsMs }: CallContext): void {
  if (pointsMs.length > 1) {
    annotations.warn('sort is ineffective for range queries since results are always ordered by labels', call.source);
  }
}

/** Sorts by the values at the one point, NaN last in both directions. */
function byValue(direction: Direction): FunctionImplementation {
  const compare = (left: VectorSeries, right: VectorSeries): number => {
    const [a, b] = [left.values[0] ?? Number.NaN, right.values[0] ?? Number.NaN];
    if (Number.isNaN(a) || Number.isNaN(b)) {
      return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    }
    return a === b ? 0 : a < b ? -direction : direction;
  };
  return {
    kind: 'whole',
    evaluate(context) {
      warnOfPoints(context);
      const floats = vectorOf(context, 0).map(floatsOf).filter(hasPoints);
      return { type: 'vector', series: context.pointsMs.length === 1 ? floats.toSorted(compare) : floats };
    },
  };
}

/** Sorts by the values of labels as people do, then by all labels. */
function byLabels(direction: Direction): FunctionImplementation {
  const compareBy = (names: readonly string[], left: VectorSeries, right: VectorSeries): number => {
    for (const name of names) {
      const [a, b] = [labelOf(left.labels, name), labelOf(right.labels, name)];
      if (a !== b) {
        return compareNaturally(a, b) < 0 ? -direction : direction;
      }
    }
    return direction * compareLabels(left.labels, right.labels);
  };
  return {
    kind: 'whole',
    evaluate(context) {
      warnOfPoints(context);
      const names = context.call.arguments.slice(1).map((_, index) => textOf(context, index + 1));
      const series = vectorOf(context, 0);
      return {
        type: 'vector',
        series:
          context.pointsMs.length === 1 ? series.toSorted((left, right) => compareBy(names, left, right)) : series,
      };
    },
  };
}

/** What gives the answer of an instant query an order of its own. */
export const SORT_FUNCTIONS = {
  sort: byValue(1),
  sort_desc: byValue(-1),
  sort_by_label: byLabels(1),
  sort_by_label_desc: byLabels(-1),
} as const satisfies Implementations;
