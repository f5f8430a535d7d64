import { compactHistogram, downscaleHistogram, isExponential, type NativeHistogram } from '@aegisguard/model';
import type { HistogramAt } from '../../evaluate/value.ts';
import { addHistograms, type CombinedHistogram, subtractHistograms } from '../../histograms/combine-histograms.ts';
import { detectsReset } from '../../histograms/detects-reset.ts';
import type { CallContext, Window } from '../function-implementation.ts';
import { informReconciled, warnOf, warnOverlap } from './counter-call.ts';
import { isStartReset, startOverlaps } from './start-timestamps.ts';

/** How much histograms rose over the window, or changed where they are gauges; undefined, with a warning, where they do not go together. Needs at least two. */
export function histogramIncrease(
  window: Window,
  context: CallContext,
  isCounter: boolean,
): NativeHistogram | undefined {
  const samples = window.series.histograms.slice(window.firstHistogram, window.endHistogram);
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) {
    return undefined;
  }
  warnOfHints(samples, window, context, isCounter);
  const base = isCounter ? baseOf(samples) : first.histogram;
  if (base === undefined || mixesSchemas(isCounter ? samples.slice(1) : [last], base)) {
    warnOf('mixedSchemas', window, context);
    return undefined;
  }
  // Of a counter all histograms count, since any may have to be added.
  const coarsest = (isCounter ? samples.slice(1) : [last]).reduce(
    (schema, { histogram }) => Math.min(schema, histogram.schema),
    last.histogram.schema,
  );
  const end = downscaleHistogram(last.histogram, coarsest);
  let increase = told(subtractHistograms(end, base), 'subtraction', context);
  if (increase === undefined) {
    return undefined;
  }
  if (isCounter) {
    increase = addResets(increase, samples, base, window, context);
  }
  return increase && compactHistogram({ ...increase, resetHint: 'gauge' });
}

/** What is subtracted: the first histogram, or nothing, in the second one's layout, when the counter began anew between the two; then the first one's layout does not matter. */
function baseOf(samples: readonly HistogramAt[]): NativeHistogram | undefined {
  const [first, second] = samples;
  if (first === undefined || second === undefined || !beganAnew(first, second, first.histogram)) {
    return first?.histogram;
  }
  const none = { spans: [], counts: [] };
  return {
    ...second.histogram,
    zeroThreshold: 0,
    zeroCount: 0,
    count: 0,
    sum: 0,
    positive: none,
    negative: none,
    resetHint: 'unknown',
  };
}

/** Adds what was lost each time the counter began anew. */
function addResets(
  increase: NativeHistogram,
  samples: readonly HistogramAt[],
  base: NativeHistogram,
  window: Window,
  context: CallContext,
): NativeHistogram | undefined {
  let total: NativeHistogram | undefined = increase;
  let previous = base;
  for (const [index, sample] of samples.entries()) {
    const before = samples[index - 1];
    if (before === undefined) {
      continue;
    }
    if (startOverlaps(before.startMs, before.timestampMs, sample.startMs)) {
      warnOverlap(window.series, context);
    }
    if (total !== undefined && beganAnew(before, sample, previous)) {
      total = told(addHistograms(total, previous), 'addition', context);
    }
    previous = sample.histogram;
  }
  return total;
}

function beganAnew(before: HistogramAt, sample: HistogramAt, previous: NativeHistogram): boolean {
  return (
    isStartReset(before.startMs, before.timestampMs, sample.startMs, sample.timestampMs) ||
    detectsReset(sample.histogram, previous)
  );
}

function mixesSchemas(samples: readonly HistogramAt[], base: NativeHistogram): boolean {
  return samples.some(({ histogram }) => isExponential(histogram) !== isExponential(base));
}

function warnOfHints(samples: readonly HistogramAt[], window: Window, context: CallContext, isCounter: boolean): void {
  if (isCounter) {
    if (samples.some(({ histogram }) => histogram.resetHint === 'gauge')) {
      warnOf('notCounter', window, context);
    }
  } else if (samples[0]?.histogram.resetHint !== 'gauge' || samples.at(-1)?.histogram.resetHint !== 'gauge') {
    warnOf('notGauge', window, context);
  }
}

/** The result of an operation, having told that bounds were reconciled. */
export function told(
  combined: CombinedHistogram | undefined,
  operation: 'addition' | 'subtraction',
  context: CallContext,
): NativeHistogram | undefined {
  if (combined?.areBoundsReconciled === true) {
    informReconciled(operation, context);
  }
  return combined?.histogram;
}
