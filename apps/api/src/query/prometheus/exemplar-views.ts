import type { ExemplarSample, Labels, PrometheusExemplarsAnswer } from '@aegisguard/model';
import { prometheusNumber } from '../metrics/prometheus-number.ts';

/** A series with its exemplars, as the store gives it. */
export interface SeriesExemplars {
  readonly labels: Labels;
  readonly exemplars: readonly Omit<ExemplarSample, 'series'>[];
}

/** Each series once, whichever selectors found it, as the API shows it. */
export function exemplarViews(found: readonly SeriesExemplars[]): PrometheusExemplarsAnswer['data'] {
  const bySeries = new Map(found.map((series) => [JSON.stringify(series.labels), series]));
  return [...bySeries.values()].map(({ labels, exemplars }) => ({
    seriesLabels: Object.fromEntries(labels),
    exemplars: exemplars.map((exemplar) => ({
      labels: Object.fromEntries(exemplar.labels),
      value: prometheusNumber(exemplar.value),
      timestamp: exemplar.timestampMs / 1000,
    })),
  }));
}
