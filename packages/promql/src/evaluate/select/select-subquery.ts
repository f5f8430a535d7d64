// https://prometheus.io/docs/prometheus/latest/querying/basics/#subquery
import type { NativeHistogram } from '@aegisguard/model';
import type { Subquery } from '../../syntax/ast/subquery.ts';
import { checkCells } from '../check-cells.ts';
import { countSamples } from '../count-samples.ts';
import type { Evaluation } from '../evaluation.ts';
import { referenceTimes } from '../reference-times.ts';
import { resolveRange } from '../resolve-duration.ts';
import { type HistogramAt, POINT, type RangeSeries, type Value, type VectorSeries } from '../value.ts';

/** A subquery: the expression at every multiple of the step that lies in any window. What it holds is counted until the caller lets it go. */
export async function selectSubquery(
  evaluation: Evaluation,
  subquery: Subquery,
  pointsMs: Float64Array,
): Promise<Value> {
  const { samples, subqueryStepMs, window } = evaluation;
  const rangeMs = resolveRange(subquery.range, window);
  const stepMs = subquery.step === undefined ? subqueryStepMs : resolveRange(subquery.step, window);
  const windowEndsMs = referenceTimes(evaluation, subquery, pointsMs);
  const matrix = { type: 'matrix', windowEndsMs, rangeMs, extension: undefined } as const;
  const innerMs = multiplesOf(stepMs, (windowEndsMs[0] ?? 0) - rangeMs, windowEndsMs.at(-1) ?? 0);
  if (innerMs.length === 0) {
    return { ...matrix, series: [] };
  }
  const held = samples.held;
  const inner = await evaluation.evaluate(subquery.expression, innerMs);
  if (inner.type !== 'vector') {
    throw new Error(`a subquery of a ${inner.type}`);
  }
  samples.releaseTo(held);
  samples.hold(countSamples(inner));
  return { ...matrix, series: inner.series.map((series) => rangeSeries(series, innerMs)) };
}

/** The multiples of a step in (startMs, endMs]. */
function multiplesOf(stepMs: number, startMs: number, endMs: number): Float64Array {
  const first = (Math.floor(startMs / stepMs) + 1) * stepMs;
  const count = Math.max(0, Math.floor((endMs - first) / stepMs) + 1);
  checkCells(1, count);
  return Float64Array.from({ length: count }, (_, index) => first + index * stepMs);
}

function rangeSeries(
  { labels, dropsName, kinds, values, histograms }: VectorSeries,
  timesMs: Float64Array,
): RangeSeries {
  const isFloat = (_: number, index: number): boolean => kinds[index] === POINT.float;
  const timestampsMs = timesMs.filter(isFloat);
  return {
    labels,
    dropsName,
    timestampsMs,
    values: values.filter(isFloat),
    startsMs: new Float64Array(timestampsMs.length),
    histograms: histograms === undefined ? [] : histogramsAt(kinds, histograms, timesMs),
  };
}

function histogramsAt(
  kinds: Uint8Array,
  histograms: readonly (NativeHistogram | undefined)[],
  timesMs: Float64Array,
): HistogramAt[] {
  return histograms.flatMap((histogram, index) =>
    histogram === undefined || kinds[index] !== POINT.histogram
      ? []
      : [{ timestampMs: timesMs[index] ?? 0, startMs: 0, histogram: withoutResetHint(histogram) }],
  );
}

/** A hint is about the sample before, which the subquery may have left out, or may have given twice. */
function withoutResetHint(histogram: NativeHistogram): NativeHistogram {
  return histogram.resetHint === 'gauge' || histogram.resetHint === 'unknown'
    ? histogram
    : { ...histogram, resetHint: 'unknown' };
}
