// `rate`, `increase` and `delta`: https://prometheus.io/docs/prometheus/latest/querying/functions/#rate
import type { NativeHistogram } from '@aegisguard/model';
import { addHistograms } from '../../histograms/combine-histograms.ts';
import { scaleHistogram } from '../../histograms/scale-histogram.ts';
import type { CallContext, PointResult, Window } from '../function-implementation.ts';
import { type CounterOperation, informPossibleNonCounter, warnOf, warnOverlap } from './counter-call.ts';
import { extrapolationFactor } from './extrapolate.ts';
import { floatIncreases } from './float-increases.ts';
import { beganWithin, FloatRate } from './float-rate.ts';
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
  const rate = new FloatRate(series, floatIncreases(series), operation, endMs - startMs);
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
