import type { SeriesSamples } from '@aegisguard/model';
import type { ScriptSeries } from './parse-script.ts';

const STALE_BITS = 0x7ff0000000000002n;

/** Series in memory that scripts add to, by their labels. */
export class LoadedSeries {
  readonly #values = new Map<string, { series: ScriptSeries; samples: Map<number, number | 'stale'> }>();

  load(stepMs: number, loaded: readonly ScriptSeries[]): void {
    for (const series of loaded) {
      const key = JSON.stringify(series.labels);
      const entry = this.#values.get(key) ?? { series, samples: new Map<number, number | 'stale'>() };
      this.#values.set(key, entry);
      for (const [index, value] of series.values.entries()) {
        if (value !== undefined) {
          entry.samples.set(index * stepMs, value);
        }
      }
    }
  }

  /** Everything that was loaded, as a reader gives it. */
  samples(): SeriesSamples[] {
    return [...this.#values.values()].map(({ series, samples }, index) => {
      const ascending = [...samples].sort(([a], [b]) => a - b);
      return {
        id: BigInt(index),
        labels: series.labels,
        timestampsMs: Float64Array.from(ascending, ([timestampMs]) => timestampMs),
        values: toFloats(ascending.map(([, value]) => value)),
        startsMs: new Float64Array(ascending.length),
        histograms: [],
      };
    });
  }
}

/** Floats with staleness markers, whose bits only an integer view writes for certain. */
export function toFloats(values: readonly (number | 'stale')[]): Float64Array {
  const floats = Float64Array.from(values, (value) => (value === 'stale' ? 0 : value));
  const bits = new BigUint64Array(floats.buffer);
  for (const [index, value] of values.entries()) {
    if (value === 'stale') {
      bits[index] = STALE_BITS;
    }
  }
  return floats;
}
