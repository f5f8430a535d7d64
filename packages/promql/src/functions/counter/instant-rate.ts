// `irate` and `idelta`: https://prometheus.io/docs/prometheus/latest/querying/functions/#irate
import { compactHistogram, type NativeHistogram } from '@aegisguard/model';
import type { HistogramAt, RangeSeries } from '../../evaluate/value.ts';
import { subtractHistograms } from '../../histograms/combine-histograms.ts';
import { detectsReset } from '../../histograms/detects-reset.ts';
import { divideHistogram } from '../../histograms/scale-histogram.ts';
import type { CallContext, PointResult, Window } from '../function-implementation.ts';
import { type CounterOperation, warnOf } from './counter-call.ts';
import { told } from './histogram-increase.ts';
import { isStartReset } from './start-timestamps.ts';

const MS_PER_SECOND = 1000;

/** Evaluates a window: what happened between its last two samples. */
export function instantRate(window: Window, context: CallContext, operation: CounterOperation): PointResult {
  const { timestampsMs } = window.series;
  const { histograms } = window.series;
  const lastFloatMs = window.end > window.first ? timestampsMs[window.end - 1] : undefined;
  const lastHistogram = window.endHistogram > window.firstHistogram ? histograms[window.endHistogram - 1] : undefined;
  const floatsBehind = countFrom(
    lastHistogram?.timestampMs,
    window.end - window.first,
    (back) => timestampsMs[window.end - back],
  );
  if (floatsBehind === 2) {
    return instantFloatRate(window.series, window.end, operation);
  }
  const histogramsBehind = countFrom(
    lastFloatMs,
    window.endHistogram - window.firstHistogram,
    (back) => histograms[window.endHistogram - back]?.timestampMs,
  );
  if (histogramsBehind === 2) {
    return histogramRate(window, context, operation);
  }
  if (lastFloatMs !== undefined && lastHistogram !== undefined) {
    warnOf('mixedWithFloats', window, context);
  }
  return undefined;
}

/** How many of the last two samples of a kind are behind the last one of the other kind. */
function countFrom(otherMs: number | undefined, size: number, timeOf: (back: number) => number | undefined): number {
  let found = 0;
  while (found < Math.min(size, 2) && (otherMs === undefined || (timeOf(found + 1) ?? 0) > otherMs)) {
    found += 1;
  }
  return found;
}

/** What happened between the two floats before `end`. */
export function instantFloatRate(series: RangeSeries, end: number, { isCounter, isRate }: CounterOperation): number {
  const { timestampsMs, values, startsMs } = series;
  const [previousMs, lastMs] = [timestampsMs[end - 2] ?? 0, timestampsMs[end - 1] ?? 0];
  const [previous, last] = [values[end - 2] ?? 0, values[end - 1] ?? 0];
  const isReset =
    isCounter && (last < previous || isStartReset(startsMs[end - 2] ?? 0, previousMs, startsMs[end - 1] ?? 0, lastMs));
  const change = isReset ? last : last - previous;
  return isRate ? change / ((lastMs - previousMs) / MS_PER_SECOND) : change;
}

function histogramRate(window: Window, context: CallContext, operation: CounterOperation): NativeHistogram | undefined {
  const samples = window.series.histograms;
  const [previous, last] = [samples[window.endHistogram - 2], samples[window.endHistogram - 1]];
  if (previous === undefined || last === undefined || previous.timestampMs === last.timestampMs) {
    return undefined;
  }
  const hints = [previous.histogram.resetHint, last.histogram.resetHint];
  if (operation.isCounter && hints.includes('gauge')) {
    warnOf('notCounter', window, context);
  }
  if (!operation.isCounter && hints.some((hint) => hint !== 'gauge')) {
    warnOf('notGauge', window, context);
  }
  const change =
    operation.isCounter && beganAnew(previous, last)
      ? last.histogram
      : told(subtractHistograms(last.histogram, previous.histogram), 'subtraction', context);
  if (change === undefined) {
    warnOf('mixedSchemas', window, context);
    return undefined;
  }
  const compact = compactHistogram({ ...change, resetHint: 'gauge' });
  const seconds = (last.timestampMs - previous.timestampMs) / MS_PER_SECOND;
  return operation.isRate ? divideHistogram(compact, seconds) : compact;
}

function beganAnew(previous: HistogramAt, last: HistogramAt): boolean {
  return (
    isStartReset(previous.startMs, previous.timestampMs, last.startMs, last.timestampMs) ||
    detectsReset(last.histogram, previous.histogram)
  );
}
