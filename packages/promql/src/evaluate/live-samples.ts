import type { SeriesSamples } from '@aegisguard/model';
import { isStale, isStaleHistogram, wordsOf } from './staleness.ts';

/** A loop, since this looks at every sample of a query and nearly always finds nothing. */
function hasStale(values: Float64Array, words: Uint32Array): boolean {
  for (let index = 0; index < values.length; index += 1) {
    if (Number.isNaN(values[index]) && isStale(words, index)) {
      return true;
    }
  }
  return false;
}

/** A series' samples without staleness markers, which range functions do not see. */
export function liveSamples(series: SeriesSamples): SeriesSamples {
  const words = wordsOf(series.values);
  const histograms = series.histograms.filter(({ histogram }) => !isStaleHistogram(histogram));
  if (!hasStale(series.values, words)) {
    return { ...series, histograms };
  }
  const isLive = (_: number, index: number): boolean => !isStale(words, index);
  return {
    ...series,
    timestampsMs: series.timestampsMs.filter(isLive),
    values: series.values.filter(isLive),
    startsMs: series.startsMs.filter(isLive),
    histograms,
  };
}
