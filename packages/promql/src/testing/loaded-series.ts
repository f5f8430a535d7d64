import { type Labels, type NativeHistogram, type SeriesSamples, setStaleMarker } from '@aegisguard/model';
import { labelsKey } from '../evaluate/labels-key.ts';
import { detectsReset } from '../histograms/detects-reset.ts';
import { customBucketSeries } from './custom-bucket-series.ts';
import type { ScriptValue } from './parse-value-sequence.ts';
import type { ScriptSeries } from './script-command.ts';

/** A sample that a script has loaded. */
export interface LoadedSample {
  readonly value: Exclude<ScriptValue, undefined>;
  /** Unix ms; 0 when not known. */
  readonly startMs: number;
}

/** A series that a script has loaded, its samples by unix ms. */
export interface LoadedEntry {
  readonly labels: Labels;
  readonly samples: Map<number, LoadedSample>;
}

/** Series in memory that scripts add to. */
export class LoadedSeries {
  readonly #entries = new Map<string, LoadedEntry>();

  /** Adds series whose samples begin at time 0; with custom buckets also a native histogram for each classic one. */
  load(stepMs: number, loaded: readonly ScriptSeries[], hasCustomBuckets: boolean): void {
    const batch = new Map<string, LoadedEntry>();
    for (const { labels, values, starts } of loaded) {
      const samples = new Map<number, LoadedSample>();
      for (const [index, value] of values.entries()) {
        const offset = starts[index];
        if (value !== undefined) {
          samples.set(index * stepMs, { value, startMs: offset === undefined ? 0 : index * stepMs + offset });
        }
      }
      batch.set(labelsKey(labels), { labels, samples });
    }
    const entries = [...batch.values()];
    for (const entry of hasCustomBuckets ? [...entries, ...customBucketSeries(entries)] : entries) {
      this.#add(entry);
    }
  }

  /** Everything that was loaded, as a reader gives it. */
  samples(): SeriesSamples[] {
    return [...this.#entries.values()].map(({ labels, samples }, index) => toSamples(BigInt(index), labels, samples));
  }

  #add({ labels, samples }: LoadedEntry): void {
    const key = labelsKey(labels);
    const entry = this.#entries.get(key) ?? { labels, samples: new Map<number, LoadedSample>() };
    this.#entries.set(key, entry);
    for (const [timestampMs, sample] of samples) {
      entry.samples.set(timestampMs, sample);
    }
  }
}

function toSamples(id: bigint, labels: Labels, samples: ReadonlyMap<number, LoadedSample>): SeriesSamples {
  const ascending = [...samples].sort(([a], [b]) => a - b);
  const floats = ascending.filter(([, { value }]) => typeof value !== 'object');
  const values = new Float64Array(floats.length);
  for (const [index, [, { value }]] of floats.entries()) {
    if (value === 'stale') {
      setStaleMarker(values, index);
    } else if (typeof value === 'number') {
      values[index] = value;
    }
  }
  return {
    id,
    labels,
    timestampsMs: Float64Array.from(floats, ([timestampMs]) => timestampMs),
    values,
    startsMs: Float64Array.from(floats, ([, { startMs }]) => startMs),
    histograms: storedHistograms(ascending),
  };
}

/** A store finds out whether a counter goes on from one histogram to the next. */
function storedHistograms(ascending: readonly (readonly [number, LoadedSample])[]): SeriesSamples['histograms'] {
  let previous: NativeHistogram | undefined;
  return ascending.flatMap(([timestampMs, { value, startMs }]) => {
    if (typeof value !== 'object') {
      previous = undefined;
      return [];
    }
    const histogram = { ...value.histogram, resetHint: storedHint(value.histogram, previous) };
    previous = histogram;
    return [{ timestampMs, startMs, histogram }];
  });
}

function storedHint(histogram: NativeHistogram, previous: NativeHistogram | undefined): NativeHistogram['resetHint'] {
  if (histogram.resetHint === 'gauge' || histogram.resetHint === 'reset') {
    return histogram.resetHint;
  }
  if (previous === undefined || previous.resetHint === 'gauge') {
    return 'unknown';
  }
  return detectsReset({ ...histogram, resetHint: 'unknown' }, previous) ? 'reset' : 'not-reset';
}
