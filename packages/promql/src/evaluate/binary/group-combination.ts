import type { Labels } from '@aegisguard/model';
import { evaluationError } from '../../functions/evaluation-error.ts';
import type { Annotations } from '../annotations.ts';
import { labelsKey } from '../labels-key.ts';
import { printLabels } from '../print-labels.ts';
import { draftSeries, pointOf, type SeriesDraft, setPoint } from '../series-draft.ts';
import { POINT, type VectorSeries } from '../value.ts';
import { combineElements, type Element } from './combine-elements.ts';
import type { VectorOperation } from './combine-vectors.ts';
import type { MatchGroup, PlacedSeries } from './match-groups.ts';
import { matchLabels } from './match-signature.ts';
import { losesName, resultLabels } from './result-labels.ts';

/** Where the results of a pair of series go. */
interface Output {
  readonly draft: SeriesDraft;
  readonly key: string;
  /** Of the series of the many side; undefined where that was filled in. */
  readonly place: number | undefined;
}

/** A series that has come out. */
export interface GroupResult {
  /** Of the series of the many side that it comes from; undefined where that was filled in. */
  readonly place: number | undefined;
  readonly series: VectorSeries;
}

/** A side of a pair: a series, or what stands for a missing one. */
interface Operand {
  readonly labels: Labels;
  readonly dropsName: boolean;
  readonly placed: PlacedSeries | undefined;
}

/** The operation within one group of series that match each other, point by point. */
export class GroupCombination {
  readonly #operation: VectorOperation;
  readonly #group: MatchGroup;
  readonly #annotations: Annotations;
  readonly #points: number;
  readonly #isSwapped: boolean;
  readonly #outputs = new Map<PlacedSeries | undefined, Map<PlacedSeries | undefined, Output>>();
  /** Of the results at the point that is looked at. */
  readonly #seen = new Set<string>();
  #matches = 0;

  constructor(operation: VectorOperation, group: MatchGroup, annotations: Annotations, points: number) {
    this.#operation = operation;
    this.#group = group;
    this.#annotations = annotations;
    this.#points = points;
    this.#isSwapped = operation.matching.cardinality === 'one-to-many';
  }

  /** Computes the points that are marked. As in Prometheus's engine, `fill_left` stands for the many side and `fill_right` for the one side with `group_right`, too. */
  run(active: Uint8Array): void {
    const { fillLeft: fillMany, fillRight: fillOne } = this.#operation.matching;
    for (let point = 0; point < this.#points; point += 1) {
      if (active[point] !== 0) {
        this.#runPoint(point, fillMany, fillOne);
      }
    }
  }

  /** What has come out, series by series. */
  *results(): Generator<GroupResult> {
    for (const outputs of this.#outputs.values()) {
      for (const { draft, place } of outputs.values()) {
        yield { place, series: draft };
      }
    }
  }

  #runPoint(point: number, fillMany: number | undefined, fillOne: number | undefined): void {
    const one = this.#oneAt(point);
    const oneElement = one === undefined ? fillOne : pointOf(one.series, point);
    this.#matches = 0;
    this.#seen.clear();
    if (oneElement !== undefined) {
      for (const many of this.#group.many) {
        const element = pointOf(many.series, point);
        if (element !== undefined) {
          this.#combine(point, many, element, one, oneElement);
        }
      }
    }
    if (one !== undefined && oneElement !== undefined && fillMany !== undefined && this.#matches === 0) {
      this.#combine(point, undefined, fillMany, one, oneElement);
    }
  }

  /** The series of the one side that has an element. */
  #oneAt(point: number): PlacedSeries | undefined {
    let found: PlacedSeries | undefined;
    for (const placed of this.#group.one) {
      if (placed.series.kinds[point] === POINT.absent) {
        continue;
      }
      if (found !== undefined) {
        throw this.#duplicates(found.series.labels, placed.series.labels);
      }
      found = placed;
    }
    return found;
  }

  #duplicates(first: Labels, second: Labels): Error {
    const { matching } = this.#operation;
    const side = this.#isSwapped ? 'left' : 'right';
    const both = [printLabels(first), printLabels(second)].sort().join(', ');
    return evaluationError(
      `found duplicate series for the match group ${printLabels(matchLabels(matching, first))} on the ${side} hand-side of the operation: [${both}];many-to-many matching not allowed: matching labels must be unique on one side`,
    );
  }

  #combine(
    point: number,
    many: PlacedSeries | undefined,
    manyElement: Element,
    one: PlacedSeries | undefined,
    oneElement: Element,
  ): void {
    const { isBool } = this.#operation;
    const [left, right] = this.#isSwapped ? [oneElement, manyElement] : [manyElement, oneElement];
    const combined = combineElements(this.#operation, left, right, this.#annotations);
    if (combined === undefined) {
      return;
    }
    const output = this.#outputOf(many, one);
    this.#refuseAmbiguity(output.key);
    if (isBool) {
      setPoint(output.draft, point, combined.isFalse ? 0 : 1);
    } else if (!combined.isFalse) {
      setPoint(output.draft, point, combined.element);
    }
  }

  #refuseAmbiguity(key: string): void {
    this.#matches += 1;
    if (this.#group.many.length < 2) {
      return;
    }
    if (this.#operation.matching.cardinality === 'one-to-one') {
      if (this.#matches > 1) {
        throw evaluationError(
          'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
        );
      }
    } else if (this.#seen.has(key)) {
      throw evaluationError('multiple matches for labels: grouping labels must ensure unique matches');
    }
    this.#seen.add(key);
  }

  #outputOf(many: PlacedSeries | undefined, one: PlacedSeries | undefined): Output {
    const outputs = this.#outputs.get(many) ?? new Map<PlacedSeries | undefined, Output>();
    this.#outputs.set(many, outputs);
    const known = outputs.get(one);
    if (known !== undefined) {
      return known;
    }
    const { op, matching } = this.#operation;
    const [manyOperand, oneOperand] = [this.#operandOf(many, one), this.#operandOf(one, many)];
    const labels = resultLabels(op, matching, manyOperand.labels, oneOperand.labels);
    const dropsName = losesName(this.#operation, manyOperand.dropsName);
    const draft = draftSeries(labels, dropsName, this.#points);
    const output = { draft, key: labelsKey(labels), place: many?.place };
    outputs.set(one, output);
    return output;
  }

  /** What is filled in has the labels by which the other side would have found it. */
  #operandOf(placed: PlacedSeries | undefined, other: PlacedSeries | undefined): Operand {
    if (placed !== undefined) {
      return { labels: placed.series.labels, dropsName: placed.series.dropsName, placed };
    }
    const labels = matchLabels(this.#operation.matching, other?.series.labels ?? []);
    return { labels, dropsName: false, placed };
  }
}
