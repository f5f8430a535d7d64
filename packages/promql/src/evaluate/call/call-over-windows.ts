import type { CallContext, FunctionImplementation } from '../../functions/function-implementation.ts';
import { checkCells } from '../check-cells.ts';
import { countSamples } from '../count-samples.ts';
import type { Evaluation } from '../evaluation.ts';
import { draftSeries, hasPoints, setPoint } from '../series-draft.ts';
import type { RangeSeries, RangeVector, Value, VectorSeries } from '../value.ts';
import { MovingWindow } from './moving-window.ts';

/** A function of a window. */
export type RangeFunction = Extract<FunctionImplementation, { kind: 'range' }>;

/** Calls a function for each window of the range vector among its arguments. As in Prometheus one series' window is held at a time, and the results so far. */
export async function callOverWindows(
  evaluation: Evaluation,
  implementation: RangeFunction,
  context: CallContext,
): Promise<Value> {
  const { samples, turns } = evaluation;
  const range = context.values.find((value) => value.type === 'matrix');
  if (range === undefined) {
    throw new Error(`${context.call.name} without a range vector`);
  }
  checkCells(range.series.length, context.pointsMs.length);
  const { held } = samples;
  const series: VectorSeries[] = [];
  for (const one of range.series) {
    const draft = callOverSeries(evaluation, implementation, context, range, one);
    if (hasPoints(draft)) {
      series.push(draft);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  samples.releaseTo(held);
  return { type: 'vector', series };
}

function callOverSeries(
  { samples, lookbackMs }: Evaluation,
  implementation: RangeFunction,
  context: CallContext,
  range: RangeVector,
  series: RangeSeries,
): VectorSeries {
  const points = context.pointsMs.length;
  const draft = draftSeries(series.labels, series.dropsName || implementation.keepsName !== true, points);
  const isDone = implementation.evaluateSeries?.(series, range, context, draft) === true;
  const window = new MovingWindow(series, range, lookbackMs);
  let largest = 0;
  for (let point = 0; point < points; point += 1) {
    window.advance();
    largest = Math.max(largest, window.size);
    samples.see(window.size);
    const result = isDone || window.isEmpty ? undefined : implementation.evaluate(window, context);
    if (result !== undefined) {
      setPoint(draft, point, result);
    }
  }
  const { held } = samples;
  const results = countSamples({ type: 'vector', series: [draft] });
  samples.hold(largest);
  samples.releaseTo(held + window.size);
  samples.hold(results);
  samples.releaseTo(held + results);
  return draft;
}
