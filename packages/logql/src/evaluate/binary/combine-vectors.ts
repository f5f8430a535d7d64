// https://grafana.com/docs/loki/latest/query/#many-to-one-and-one-to-many-vector-matches
import type { BinaryOperation, VectorMatching } from '../../syntax/ast/binary-operation.ts';
import type { CellBudget } from '../cell-budget.ts';
import type { Evaluation } from '../evaluation.ts';
import { evaluationError } from '../evaluation-error.ts';
import { labelsKey } from '../label-set.ts';
import type { Turns } from '../turns.ts';
import { draftSeries, hasPoints, pointOf, setPoint, type VectorSeries } from '../value.ts';
import { matchedLabels, matchSignature } from './match-signature.ts';
import { type Combine, combineOf } from './operators.ts';

/** Two vectors, point by point and series by series of those that match. Throws `query-not-runnable` where it is not clear which belong together. */
export async function combineVectors(
  { grid, turns, cells }: Evaluation,
  { op, isBool }: BinaryOperation,
  matching: VectorMatching,
  left: readonly VectorSeries[],
  right: readonly VectorSeries[],
): Promise<VectorSeries[]> {
  const isSwapped = matching.card === 'one-to-many';
  const [many, one] = isSwapped ? [right, left] : [left, right];
  const combination = new Combination(matching, combineOf(op, isBool), grid.points, cells);
  const signature = matchSignature(matching);
  const ones = Map.groupBy(one, ({ labels }) => signature(labels));
  checkUnique(ones, isSwapped ? 'left' : 'right', grid.points);
  for (const [key, members] of Map.groupBy(many, ({ labels }) => signature(labels))) {
    await combination.combine(members, ones.get(key) ?? [], turns);
  }
  return combination.results();
}

/** One side has at most one series of a kind at a point, whether the other side has any or not. */
function checkUnique(ones: ReadonlyMap<string, readonly VectorSeries[]>, side: 'left' | 'right', points: number): void {
  for (const members of ones.values()) {
    for (let point = 0; members.length > 1 && point < points; point += 1) {
      if (members.filter(({ present }) => present[point] === 1).length > 1) {
        throw evaluationError(
          `found duplicate series on the ${side} hand-side; many-to-many matching not allowed: matching labels must be unique on one side`,
        );
      }
    }
  }
}

/** The series that come out. */
class Combination {
  readonly #matching: VectorMatching;
  readonly #combine: Combine;
  readonly #points: number;
  readonly #cells: CellBudget;
  readonly #results = new Map<string, VectorSeries>();

  constructor(matching: VectorMatching, combine: Combine, points: number, cells: CellBudget) {
    this.#matching = matching;
    this.#combine = combine;
    this.#points = points;
    this.#cells = cells;
  }

  /** Series that match each other. */
  async combine(many: readonly VectorSeries[], ones: readonly VectorSeries[], turns: Turns): Promise<void> {
    /** How many of the many side a result has at each point. */
    const taken = new Map<string, Uint8Array>();
    for (const one of ones) {
      for (const series of many) {
        this.#pair(series, one, taken);
        await turns.pass();
      }
    }
  }

  results(): VectorSeries[] {
    return [...this.#results.values()].filter(hasPoints);
  }

  #pair(many: VectorSeries, one: VectorSeries, taken: Map<string, Uint8Array>): void {
    const isOneToOne = this.#matching.card === 'one-to-one';
    const isSwapped = this.#matching.card === 'one-to-many';
    const labels = matchedLabels(this.#matching, many.labels, one.labels);
    const key = labelsKey(labels);
    const takenKey = isOneToOne ? '' : key;
    const seen = taken.get(takenKey) ?? new Uint8Array(this.#points);
    taken.set(takenKey, seen);
    for (let point = 0; point < this.#points; point += 1) {
      const [ofMany, ofOne] = [pointOf(many, point), pointOf(one, point)];
      if (ofMany === undefined || ofOne === undefined) {
        continue;
      }
      if (seen[point] === 1) {
        throw evaluationError(
          isOneToOne
            ? 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'
            : 'multiple matches for labels: grouping labels must ensure unique matches',
        );
      }
      seen[point] = 1;
      const [left, right] = isSwapped ? [ofOne, ofMany] : [ofMany, ofOne];
      const value = this.#combine(left, right, left);
      if (value !== undefined) {
        setPoint(this.#series(key, labels), point, value);
      }
    }
  }

  #series(key: string, labels: VectorSeries['labels']): VectorSeries {
    const known = this.#results.get(key);
    if (known !== undefined) {
      return known;
    }
    this.#cells.take(this.#points);
    const series = draftSeries(labels, this.#points);
    this.#results.set(key, series);
    return series;
  }
}
