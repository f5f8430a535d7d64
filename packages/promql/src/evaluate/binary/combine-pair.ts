import type { Labels } from '@aegisguard/model';
import { draftSeries } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import type { VectorOperation } from './combine-vectors.ts';
import { arithmeticOf, comparisonOf } from './float-operators.ts';
import type { MatchGroup } from './match-groups.ts';
import { losesName, resultLabels } from './result-labels.ts';

/** The operation of two series of floats that match nothing but each other, which is nearly always so; undefined for all other groups. */
export function combinePair(operation: VectorOperation, { many, one }: MatchGroup): VectorSeries | undefined {
  const [manySide, oneSide] = [many[0]?.series, one[0]?.series];
  const { fillLeft, fillRight, cardinality } = operation.matching;
  const isPlain = many.length === 1 && one.length === 1 && fillLeft === undefined && fillRight === undefined;
  if (!isPlain || manySide === undefined || oneSide === undefined || manySide.histograms || oneSide.histograms) {
    return undefined;
  }
  const labels = resultLabels(operation.op, operation.matching, manySide.labels, oneSide.labels);
  const dropsName = losesName(operation, manySide.dropsName);
  const [left, right] = cardinality === 'one-to-many' ? [oneSide, manySide] : [manySide, oneSide];
  return arithmeticOf(operation.op) === undefined
    ? compare(operation, labels, dropsName, left, right)
    : compute(operation, labels, dropsName, left, right);
}

function compute(
  { op }: VectorOperation,
  labels: Labels,
  dropsName: boolean,
  left: VectorSeries,
  right: VectorSeries,
): VectorSeries | undefined {
  const operator = arithmeticOf(op);
  const draft = draftSeries(labels, dropsName, left.kinds.length);
  for (let point = 0; operator !== undefined && point < left.kinds.length; point += 1) {
    if (left.kinds[point] === POINT.float && right.kinds[point] === POINT.float) {
      draft.kinds[point] = POINT.float;
      draft.values[point] = operator(left.values[point] ?? 0, right.values[point] ?? 0);
    }
  }
  return draft;
}

function compare(
  { op, isBool }: VectorOperation,
  labels: Labels,
  dropsName: boolean,
  left: VectorSeries,
  right: VectorSeries,
): VectorSeries | undefined {
  const comparison = comparisonOf(op);
  if (comparison === undefined) {
    return undefined;
  }
  const draft = draftSeries(labels, dropsName, left.kinds.length);
  for (let point = 0; point < left.kinds.length; point += 1) {
    if (left.kinds[point] === POINT.float && right.kinds[point] === POINT.float) {
      const value = left.values[point] ?? 0;
      const holds = comparison(value, right.values[point] ?? 0);
      draft.kinds[point] = holds || isBool ? POINT.float : POINT.absent;
      draft.values[point] = isBool ? Number(holds) : value;
    }
  }
  return draft;
}
