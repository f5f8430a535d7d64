// `rate`, `increase` and `delta` of `anchored` and `smoothed` selectors: https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors
import { compactHistogram, isExponential, type NativeHistogram } from '@aegisguard/model';
import type { HistogramAt } from '../../evaluate/value.ts';
import { addHistograms, subtractHistograms } from '../../histograms/combine-histograms.ts';
import { detectsReset } from '../../histograms/detects-reset.ts';
import { interpolateHistograms } from '../../histograms/interpolate-histograms.ts';
import { divideHistogram } from '../../histograms/scale-histogram.ts';
import type { RangeExtension } from '../../syntax/ast/vector-selector.ts';
import type { CallContext, PointResult, Window } from '../function-implementation.ts';
import { type CounterOperation, informPossibleNonCounter, informReconciled, warnOf } from './counter-call.ts';
import { type EdgeSamples, edgeSamples } from './extended-window.ts';
import { told } from './histogram-increase.ts';

const MS_PER_SECOND = 1000;

/** Evaluates a window: what happened between its edges, where samples beyond them stand (anchored) or values are interpolated (smoothed). */
export function extendedRate(
  window: Window,
  context: CallContext,
  operation: CounterOperation,
  extension: RangeExtension,
): PointResult {
  const hasFloats = window.end > window.first;
  const hasHistograms = window.endHistogram > window.firstHistogram;
  if (hasFloats && hasHistograms) {
    warnOf('mixedWithFloats', window, context);
    return undefined;
  }
  const seconds = operation.isRate ? (window.endMs - window.startMs) / MS_PER_SECOND : 1;
  if (hasFloats) {
    const increase = floatIncrease(window, operation, extension);
    if (increase === undefined) {
      return undefined;
    }
    if (operation.isCounter) {
      informPossibleNonCounter(window.series, context);
    }
    return increase / seconds;
  }
  if (!hasHistograms) {
    return undefined;
  }
  const increase = new ExtendedHistograms(window, context, operation, extension).increase();
  return increase && compactHistogram({ ...divideHistogram(increase, seconds), resetHint: 'gauge' });
}

function floatIncrease(window: Window, { isCounter }: CounterOperation, extension: RangeExtension): number | undefined {
  const { timestampsMs, values } = window.series;
  const { startMs, endMs } = window;
  const timeAt = (index: number) => timestampsMs[index] ?? 0;
  const valueAt = (index: number) => values[index] ?? 0;
  const edges = edgeSamples(timeAt, window.first, window.end, window, extension);
  if (edges === undefined) {
    return undefined;
  }
  const between = (index: number, timeMs: number) => {
    const [before, after] = [valueAt(index), valueAt(index + 1)];
    // A counter that fell began anew at 0.
    const base = isCounter && after < before ? 0 : before;
    return base + ((after - base) * (timeMs - timeAt(index))) / (timeAt(index + 1) - timeAt(index));
  };
  const isSmoothed = extension === 'smoothed';
  const { first, last } = edges;
  const left = isSmoothed && timeAt(first) < startMs ? between(first, startMs) : valueAt(first);
  const right = isSmoothed && last > window.first && timeAt(last) > endMs ? between(last - 1, endMs) : valueAt(last);
  let increase = right - left;
  if (!isCounter) {
    return increase;
  }
  let previous = left;
  for (let index = timeAt(first) <= startMs ? first + 1 : first; index <= last; index += 1) {
    const value = index === last && timeAt(last) >= endMs ? right : valueAt(index);
    increase += value < previous ? previous : 0;
    previous = value;
  }
  return increase;
}

/** The same of histograms. */
class ExtendedHistograms {
  readonly #samples: readonly HistogramAt[];
  readonly #window: Window;
  readonly #context: CallContext;
  readonly #isCounter: boolean;
  readonly #edges: EdgeSamples | undefined;
  readonly #isSmoothed: boolean;

  constructor(window: Window, context: CallContext, { isCounter }: CounterOperation, extension: RangeExtension) {
    this.#samples = window.series.histograms.slice(window.firstHistogram, window.endHistogram);
    this.#window = window;
    this.#context = context;
    this.#isCounter = isCounter;
    this.#isSmoothed = extension === 'smoothed';
    const timeAt = (index: number) => this.#samples[index]?.timestampMs ?? 0;
    this.#edges = edgeSamples(timeAt, 0, this.#samples.length, window, extension);
  }

  /** Undefined, with a warning, where histograms do not go together. */
  increase(): NativeHistogram | undefined {
    if (this.#edges === undefined || !this.#goTogether(this.#edges)) {
      return undefined;
    }
    const { first, last } = this.#edges;
    const [left, right] = [this.#left(first), this.#right(last)];
    if (left === undefined || right === undefined) {
      return undefined;
    }
    if (!this.#isCounter && (left.resetHint !== 'gauge' || right.resetHint !== 'gauge')) {
      warnOf('notGauge', this.#window, this.#context);
    }
    const increase = told(subtractHistograms(right, left), 'subtraction', this.#context);
    const lost = this.#isCounter ? this.#lost(this.#edges, left, right) : undefined;
    return increase !== undefined && lost !== undefined ? this.#add(increase, lost) : increase;
  }

  #goTogether({ first, last }: EdgeSamples): boolean {
    const seen = this.#samples.slice(first, last + 1).map(({ histogram }) => histogram);
    const isMixed = seen.some((histogram) => isExponential(histogram) !== isExponential(seen[0] ?? histogram));
    if (isMixed) {
      warnOf('mixedSchemas', this.#window, this.#context);
    } else if (this.#isCounter && seen.some(({ resetHint }) => resetHint === 'gauge')) {
      warnOf('notCounter', this.#window, this.#context);
    }
    return !isMixed;
  }

  #left(first: number): NativeHistogram | undefined {
    const [sample, next] = [this.#samples[first], this.#samples[first + 1]];
    const isBefore = sample !== undefined && sample.timestampMs < this.#window.startMs;
    return this.#isSmoothed && isBefore && next !== undefined
      ? this.#between(sample, next, this.#window.startMs)
      : sample?.histogram;
  }

  #right(last: number): NativeHistogram | undefined {
    const [sample, before] = [this.#samples[last], this.#samples[last - 1]];
    const isBehind = sample !== undefined && sample.timestampMs > this.#window.endMs;
    return this.#isSmoothed && isBehind && before !== undefined
      ? this.#between(before, sample, this.#window.endMs)
      : sample?.histogram;
  }

  #between(before: HistogramAt, after: HistogramAt, timeMs: number): NativeHistogram | undefined {
    const interpolated = interpolateHistograms(before, after, timeMs, this.#isCounter);
    for (const operation of interpolated?.reconciledBy ?? []) {
      informReconciled(operation, this.#context);
    }
    return interpolated?.histogram;
  }

  /** What the counter lost when it began anew between the edges; what an interpolated edge has seen of it is not lost. */
  #lost({ first, last }: EdgeSamples, left: NativeHistogram, right: NativeHistogram): NativeHistogram | undefined {
    const [edge, next] = [this.#samples[first], this.#samples[first + 1]];
    const isSeen =
      this.#isSmoothed &&
      edge !== undefined &&
      next !== undefined &&
      edge.timestampMs < this.#window.startMs &&
      detectsReset(next.histogram, edge.histogram);
    const from = first + (isSeen ? 2 : 1);
    if (from > last) {
      return undefined;
    }
    let previous = isSeen ? next.histogram : left;
    let lost: NativeHistogram | undefined;
    for (const current of [...this.#samples.slice(from, last).map(({ histogram }) => histogram), right]) {
      if (detectsReset(current, previous)) {
        lost = lost === undefined ? previous : this.#add(lost, previous);
      }
      previous = current;
    }
    return lost;
  }

  #add(left: NativeHistogram, right: NativeHistogram): NativeHistogram | undefined {
    return told(addHistograms(left, right), 'addition', this.#context);
  }
}
