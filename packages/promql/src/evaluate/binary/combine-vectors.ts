// https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
import type { BinaryOperation, VectorMatching } from '../../syntax/ast/binary-operation.ts';
import type { Evaluation } from '../evaluation.ts';
import { hasPoints } from '../series-draft.ts';
import { uniteSeries } from '../unite-series.ts';
import type { Value, VectorSeries } from '../value.ts';
import { GroupCombination } from './group-combination.ts';
import { matchGroups, presence } from './match-groups.ts';

/** A binary operation whose operands are vectors. */
export interface VectorOperation extends BinaryOperation {
  readonly matching: VectorMatching;
}

/** Two vectors, element by element of those that match. Throws `query-not-runnable` where it is not clear which belong together. */
export async function combineVectors(
  { annotations, turns }: Evaluation,
  operation: VectorOperation,
  left: readonly VectorSeries[],
  right: readonly VectorSeries[],
  points: number,
): Promise<Value> {
  const { matching } = operation;
  const isSwapped = matching.cardinality === 'one-to-many';
  const [many, one] = isSwapped ? [right, left] : [left, right];
  const active = activePoints(matching, presence(many, points), presence(one, points));
  const results: VectorSeries[][] = many.map(() => []);
  const filled: VectorSeries[] = [];
  for (const group of matchGroups(matching, many, one)) {
    const combination = new GroupCombination(operation, group, annotations, points);
    combination.run(active);
    for (const { place, series } of combination.results()) {
      (place === undefined ? filled : (results[place] ?? filled)).push(series);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  return { type: 'vector', series: uniteSeries([...results.flat(), ...filled].filter(hasPoints)) };
}

/** Where anything can match: both sides have elements, or what one side lacks is filled in. Elsewhere nothing is looked at, and nothing is an error. */
function activePoints({ fillLeft, fillRight }: VectorMatching, many: Uint8Array, one: Uint8Array): Uint8Array {
  const isFilled = fillLeft !== undefined || fillRight !== undefined;
  return many.map((isThere, point) => {
    const isOneThere = one[point] ?? 0;
    return isFilled ? isThere | isOneThere : isThere & isOneThere;
  });
}
