import type { CallContext, FunctionImplementation, SeriesEvaluator } from '../../functions/function-implementation.ts';
import { checkCells } from '../check-cells.ts';
import { countPoints } from '../count-samples.ts';
import type { Evaluation } from '../evaluation.ts';
import { type SeriesDraft, setPoint } from '../series-draft.ts';
import type { SeriesSink, VectorStream } from '../series-sink.ts';
import { TablesByTimes } from '../tables-by-times.ts';
import type { TurnTaking } from '../turn-taking.ts';
import type { RangeSeries, RangeVector } from '../value.ts';
import { WindowTable } from '../window-table.ts';
import { MovingWindow } from './moving-window.ts';

/** A function of a window. */
export type RangeFunction = Extract<FunctionImplementation, { kind: 'range' }>;

/** What the windows of a series were, in samples, and what came of them. */
interface SeriesOutcome {
  /** The fullest of the windows, the last one, all together. */
  readonly largest: number;
  readonly last: number;
  readonly sum: number;
  /** What the results count for. */
  readonly results: number;
}

/** Calls a function for each window of the range vector among its arguments. As in Prometheus one series' window is held at a time, and the results so far. */
export function callOverWindows(
  evaluation: Evaluation,
  implementation: RangeFunction,
  context: CallContext,
): VectorStream {
  const range = context.values.find((value) => value.type === 'matrix');
  if (range === undefined) {
    throw new Error(`${context.call.name} without a range vector`);
  }
  checkCells(range.series.length, context.pointsMs.length);
  return { type: 'stream', give: (sink) => giveResults(evaluation, implementation, context, range, sink) };
}

async function giveResults(
  evaluation: Evaluation,
  implementation: RangeFunction,
  context: CallContext,
  range: RangeVector,
  sink: SeriesSink,
): Promise<number> {
  const { samples, lookbackMs, turns } = evaluation;
  const { held } = samples;
  const tables = new TablesByTimes(context.pointsMs.length, () => new WindowTable(range));
  const evaluateSeries = implementation.seriesEvaluator?.(context);
  for (const series of range.series) {
    const draft = sink.draft(series.labels, series.dropsName || implementation.keepsName !== true);
    const canAtOnce = series.histograms.length === 0 && range.extension === undefined;
    const { largest, last, sum, results } =
      evaluateSeries !== undefined && canAtOnce
        ? callOverSeries(evaluateSeries, tables.of(series.timestampsMs), series, draft)
        : await evaluateWindows(new MovingWindow(series, range, lookbackMs), implementation, context, draft, turns);
    const before = samples.held;
    samples.see(sum);
    samples.hold(largest);
    samples.releaseTo(before + last);
    samples.hold(results);
    samples.releaseTo(before + results);
    if (results > 0) {
      sink.add(draft);
    }
    if (turns.isOverAfter(series.timestampsMs.length + results)) {
      await turns.pass();
    }
  }
  const given = samples.held - held;
  samples.releaseTo(held);
  return given;
}

function callOverSeries(
  evaluateSeries: SeriesEvaluator,
  windows: WindowTable,
  series: RangeSeries,
  draft: SeriesDraft,
): SeriesOutcome {
  const { largest, last, sum } = windows;
  return { largest, last, sum, results: evaluateSeries(series, windows, draft) };
}

async function evaluateWindows(
  window: MovingWindow,
  implementation: RangeFunction,
  context: CallContext,
  draft: SeriesDraft,
  turns: TurnTaking,
): Promise<SeriesOutcome> {
  let [largest, sum] = [0, 0];
  for (let point = 0; point < context.pointsMs.length; point += 1) {
    window.advance();
    largest = Math.max(largest, window.size);
    sum += window.size;
    const result = window.isEmpty ? undefined : implementation.evaluate(window, context);
    if (result !== undefined) {
      setPoint(draft, point, result);
    }
    // Long windows overlap: one series can be as much work as thousands.
    if (turns.isOverAfter(window.size)) {
      await turns.pass();
    }
  }
  return { largest, last: window.size, sum, results: countPoints(draft) };
}
