import type { GridFunction } from '@aegisguard/model';
import type { SourceRange } from '../../syntax/ast/source-range.ts';
import type { VectorSelector } from '../../syntax/ast/vector-selector.ts';
import { countSamples } from '../count-samples.ts';
import type { Evaluation } from '../evaluation.ts';
import { referenceTimes } from '../reference-times.ts';
import type { VectorSeries } from '../value.ts';

/** What is asked of the reader: a function of a selector's windows, and where in the query that stands. */
export interface GridTask {
  readonly function: GridFunction;
  readonly selector: VectorSelector;
  readonly windowMs: number;
  readonly source: SourceRange;
}

/** A function of windows as the reader has computed it, with names still on; undefined when it is to be computed from samples. By which rule it may differ is told. */
export async function takeGrid(
  evaluation: Evaluation,
  { function: name, selector, windowMs, source }: GridTask,
  pointsMs: Float64Array,
): Promise<VectorSeries[] | undefined> {
  const { reader, orgId, bounds, annotations, cost, samples, turns } = evaluation;
  if (selector.at !== undefined || selector.extension !== undefined) {
    return undefined;
  }
  const references = referenceTimes(evaluation, selector, pointsMs);
  const [firstMs = 0, secondMs = firstMs] = references;
  const request = {
    matchers: selector.matchers,
    function: name,
    firstMs,
    stepMs: secondMs - firstMs,
    points: references.length,
    windowMs,
  };
  const answer = await reader.readGrid?.(orgId, request, { ...bounds, timeoutMs: turns.leftMs });
  if (answer === undefined) {
    return undefined;
  }
  cost.add(answer.stats);
  if (answer.rule !== undefined) {
    annotations.inform(answer.rule, source);
  }
  const series = answer.series.map(({ labels, isPresent, values }) => ({
    labels,
    dropsName: false,
    kinds: isPresent,
    values,
    histograms: undefined,
  }));
  const held = samples.held;
  const count = countSamples({ type: 'vector', series });
  samples.hold(count);
  samples.see(count);
  samples.releaseTo(held);
  return series;
}
