// https://prometheus.io/docs/prometheus/latest/querying/functions/#resets and #changes
import type { NativeHistogram } from '@aegisguard/model';
import { detectsReset } from '../../histograms/detects-reset.ts';
import { equalHistograms } from '../../histograms/equal-histograms.ts';
import type { CallContext, Window } from '../function-implementation.ts';
import { extensionOf } from './extended-window.ts';
import { isStartReset } from './start-timestamps.ts';

/** A sample of either kind; `histogram` is undefined of a float. */
interface MixedSample {
  readonly timestampMs: number;
  readonly startMs: number;
  readonly value: number;
  readonly histogram: NativeHistogram | undefined;
}

/** How often the counter began anew in the window. */
export function countResets(window: Window, context: CallContext): number | undefined {
  return countPairs(window, context, (previous, sample) => {
    if (isStartReset(previous.startMs, previous.timestampMs, sample.startMs, sample.timestampMs)) {
      return true;
    }
    return sample.histogram === undefined || previous.histogram === undefined
      ? sample.value < previous.value
      : detectsReset(sample.histogram, previous.histogram);
  });
}

/** How often the value changed in the window. NaN is equal to itself. */
export function countChanges(window: Window, context: CallContext): number | undefined {
  return countPairs(window, context, (previous, sample) =>
    sample.histogram === undefined || previous.histogram === undefined
      ? sample.value !== previous.value && !(Number.isNaN(sample.value) && Number.isNaN(previous.value))
      : !equalHistograms(sample.histogram, previous.histogram),
  );
}

/** Counts pairs of neighbours; between a float and a histogram there is always a change. Undefined without samples. */
function countPairs(
  window: Window,
  context: CallContext,
  counts: (previous: MixedSample, sample: MixedSample) => boolean,
): number | undefined {
  const samples = samplesOf(window, extensionOf(context) === 'anchored');
  let found = 0;
  for (const [index, sample] of samples.entries()) {
    const previous = samples[index - 1];
    if (previous !== undefined) {
      const isOtherKind = (previous.histogram === undefined) !== (sample.histogram === undefined);
      found += isOtherKind || counts(previous, sample) ? 1 : 0;
    }
  }
  return samples.length === 0 ? undefined : found;
}

/** The window's samples in order of time. Anchored, one that is at or before its start stands first, and without any behind the start there are none. */
function samplesOf(window: Window, isAnchored: boolean): MixedSample[] {
  const { timestampsMs, values, startsMs, histograms } = window.series;
  const samples: MixedSample[] = [];
  for (let index = window.first; index < window.end; index += 1) {
    const timestampMs = timestampsMs[index] ?? 0;
    samples.push({ timestampMs, startMs: startsMs[index] ?? 0, value: values[index] ?? 0, histogram: undefined });
  }
  if (window.endHistogram > window.firstHistogram) {
    for (const sample of histograms.slice(window.firstHistogram, window.endHistogram)) {
      samples.push({ ...sample, value: Number.NaN });
    }
    samples.sort((left, right) => left.timestampMs - right.timestampMs);
  }
  if (!isAnchored) {
    return samples;
  }
  const behind = samples.findIndex(({ timestampMs }) => timestampMs > window.startMs);
  return behind < 0 ? [] : samples.slice(Math.max(0, behind - 1));
}
