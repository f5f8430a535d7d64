import type { SeriesSamples } from '@aegisguard/model';
import { isStale, isStaleHistogram, wordsOf } from './staleness.ts';

/** A series' samples without staleness markers, which range functions do not see. */
export function liveSamples(series: SeriesSamples): SeriesSamples {
  const words = wordsOf(series.values);
  const histograms = series.histograms.filter(({ histogram }) => !isStaleHistogram(histogram));
  if (!series.values.some((value, index) => Number.isNaN(value) && isStale(words, index))) {
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
