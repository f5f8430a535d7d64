import type { SeriesSamples } from '@aegisguard/model';
import { isStale, isStaleHistogram, wordsOf } from './staleness.ts';
import type { RangeSeries } from './value.ts';

/** A series' samples without staleness markers, which range functions do not see. */
export function liveSamples(series: SeriesSamples): RangeSeries {
  const { labels, timestampsMs, values, startsMs } = series;
  const histograms =
    series.histograms.length === 0
      ? series.histograms
      : series.histograms.filter(({ histogram }) => !isStaleHistogram(histogram));
  if (!hasStale(values)) {
    return { labels, dropsName: false, timestampsMs, values, startsMs, histograms };
  }
  const words = wordsOf(values);
  const isLive = (_: number, index: number): boolean => !isStale(words, index);
  return {
    labels,
    dropsName: false,
    timestampsMs: timestampsMs.filter(isLive),
    values: values.filter(isLive),
    startsMs: startsMs.filter(isLive),
    histograms,
  };
}

/** A loop, since this looks at every sample of a query and nearly always finds nothing. */
function hasStale(values: Float64Array): boolean {
  for (let index = 0; index < values.length; index += 1) {
    if (Number.isNaN(values[index])) {
      return wordsHaveStale(wordsOf(values), index);
    }
  }
  return false;
}

function wordsHaveStale(words: Uint32Array, from: number): boolean {
  for (let index = from; 2 * index < words.length; index += 1) {
    if (isStale(words, index)) {
      return true;
    }
  }
  return false;
}
