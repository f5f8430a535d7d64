import type { SeriesSamples } from '@aegisguard/model';
import type { EvaluatedSeries } from './evaluated-series.ts';
import { liveSamples } from './live-samples.ts';

/** What a range selector alone answers: the samples as they were stored, at their own times, without staleness markers. */
export function rawSamples(series: SeriesSamples): EvaluatedSeries {
  const { histograms, labels, timestampsMs, values } = liveSamples(series);
  return { labels, timestampsMs, values, histograms };
}
