// `rate`, `increase` and `delta`: https://prometheus.io/docs/prometheus/latest/querying/functions/#rate
import type { NativeHistogram } from '@aegisguard/model';
import { POINT, type RangeSeries } from '../../evaluate/value.ts';
import type { WindowTable } from '../../evaluate/window-table.ts';
import { addHistograms } from '../../histograms/combine-histograms.ts';
import { scaleHistogram } from '../../histograms/scale-histogram.ts';
import type { CallContext, PointColumn, PointResult, Window } from '../function-implementation.ts';
import { type CounterOperation, informPossibleNonCounter, warnOf, warnOverlap } from './counter-call.ts';
import { extrapolationFactor } from './extrapolate.ts';
import { extrapolationTable } from './extrapolation-table.ts';
import { floatIncreases } from './float-increases.ts';
import { beganWithin, FloatRate, rateUnit } from './float-rate.ts';
import { histogramIncrease, told } from './histogram-increase.ts';

const MS_PER_SECOND = 1000;

/** Evaluates a window. */
export function extrapolatedRate(window: Window, context: CallContext, operation: CounterOperation): PointResult {
  const { series, first, end, startMs, endMs } = window;
  const hasHistograms = window.endHistogram > window.firstHistogram;
  if (hasHistograms && end > first) {
    warnOf('mixedWithFloats', window, context);
    return undefined;
  }
  if (hasHistograms) {
    return histogramRate(window, context, operation);
  }
  const rate = new FloatRate(series, operation, endMs - startMs);
  if (!rate.exists(first, end, startMs)) {
    return undefined;
  }
  if (operation.isCounter) {
    informPossibleNonCounter(series, context);
    if (rate.hasOverlap(first, end)) {
      warnOverlap(series, context);
    }
  }
  return rate.value(first, end, startMs, endMs);
}

/** Evaluates all windows of a series of floats at once; returns how many results there are. */
export function extrapolatedRates(
  series: RangeSeries,
  windows: WindowTable,
  context: CallContext,
  operation: CounterOperation,
  column: PointColumn,
): number {
  const results =
    operation.isCounter && floatIncreases(series).knowsStarts
      ? startedRates(series, windows, context, operation, column)
      : plainRates(series, windows, operation, column);
  if (results > 0 && operation.isCounter) {
    informPossibleNonCounter(series, context);
  }
  return results;
}

/** Of counters for which it is known since when they count, which matters window by window. */
function startedRates(
  series: RangeSeries,
  { first, end, windowEndsMs, rangeMs }: WindowTable,
  context: CallContext,
  operation: CounterOperation,
  column: PointColumn,
): number {
  const rate = new FloatRate(series, operation, rangeMs);
  let results = 0;
  let hasOverlap = false;
  for (let point = 0; point < windowEndsMs.length; point += 1) {
    const endMs = windowEndsMs[point] ?? 0;
    const startMs = endMs - rangeMs;
    const [from, to] = [first[point] ?? 0, end[point] ?? 0];
    if (rate.exists(from, to, startMs)) {
      column.kinds[point] = POINT.float;
      column.values[point] = rate.value(from, to, startMs, endMs);
      results += 1;
      hasOverlap ||= rate.hasOverlap(from, to);
    }
  }
  if (hasOverlap) {
    warnOverlap(series, context);
  }
  return results;
}

/** The same as `FloatRate` gives, in the same order of operations; what depends on times alone has been computed. */
function plainRates(
  series: RangeSeries,
  windows: WindowTable,
  { isCounter, isRate }: CounterOperation,
  { kinds, values: rates }: PointColumn,
): number {
  const { values } = series;
  const { first, end } = windows;
  const unit = rateUnit(isRate, windows.rangeMs);
  const { sampled, before, after, scale } = extrapolationTable(windows, unit);
  const increases = isCounter && floatIncreases(series).hasResets ? floatIncreases(series) : undefined;
  let results = 0;
  for (let point = 0; point < first.length; point += 1) {
    const from = first[point] ?? 0;
    const to = end[point] ?? 0;
    if (to - from < 2) {
      continue;
    }
    const firstValue = values[from] ?? 0;
    const increase = increases === undefined ? (values[to - 1] ?? 0) - firstValue : increases.between(from, to);
    let factor = scale[point] ?? 0;
    if (isCounter && increase > 0 && firstValue >= 0) {
      const span = sampled[point] ?? 0;
      const zeroDistance = span * (firstValue / increase);
      if (zeroDistance < (before[point] ?? 0)) {
        factor = (span + zeroDistance + (after[point] ?? 0)) / span / unit;
      }
    }
    kinds[point] = POINT.float;
    rates[point] = increase * factor;
    results += 1;
  }
  return results;
}

function histogramRate(window: Window, context: CallContext, operation: CounterOperation): NativeHistogram | undefined {
  const samples = window.series.histograms;
  const [first, last] = [samples[window.firstHistogram], samples[window.endHistogram - 1]];
  const gaps = window.endHistogram - window.firstHistogram - 1;
  if (first === undefined || last === undefined) {
    return undefined;
  }
  const isFromStart = operation.isCounter && beganWithin(first.startMs, first.timestampMs, window.startMs);
  if (gaps === 0 && !isFromStart) {
    return undefined;
  }
  const between = gaps === 0 ? undefined : histogramIncrease(window, context, operation.isCounter);
  if (gaps > 0 && between === undefined) {
    return undefined;
  }
  const increase = isFromStart ? withFirst(between, first.histogram, window, context) : between;
  if (increase === undefined) {
    return undefined;
  }
  const sampled = (last.timestampMs - first.timestampMs) / MS_PER_SECOND;
  const mean = gaps === 0 ? 0 : sampled / gaps;
  const toEnd = (window.endMs - last.timestampMs) / MS_PER_SECOND;
  const factor = isFromStart
    ? extrapolationFactor(
        { sampled: (last.timestampMs - first.startMs) / MS_PER_SECOND, mean, toStart: 0, toEnd },
        Number.POSITIVE_INFINITY,
      )
    : extrapolationFactor(
        { sampled, mean, toStart: (first.timestampMs - window.startMs) / MS_PER_SECOND, toEnd },
        operation.isCounter && increase.count > 0 && first.histogram.count >= 0
          ? sampled * (first.histogram.count / increase.count)
          : Number.POSITIVE_INFINITY,
      );
  const seconds = operation.isRate ? (window.endMs - window.startMs) / MS_PER_SECOND : 1;
  return scaleHistogram(increase, factor / seconds);
}

/** The increase since the counter began, when nothing had been observed. */
function withFirst(
  increase: NativeHistogram | undefined,
  first: NativeHistogram,
  window: Window,
  context: CallContext,
): NativeHistogram | undefined {
  if (increase === undefined) {
    return first;
  }
  const sum = addHistograms(increase, first);
  if (sum === undefined) {
    warnOf('mixedSchemas', window, context);
  }
  return told(sum, 'addition', context);
}
