import type { ExemplarSample, Labels, PrometheusExemplarsAnswer } from '@aegisguard/model';
import { prometheusNumber } from '../metrics/prometheus-number.ts';

/** A series with its exemplars, as the store gives it. */
export interface SeriesExemplars {
  readonly labels: Labels;
  readonly exemplars: readonly Omit<ExemplarSample, 'series'>[];
}

/** Series with exemplars as the API shows them. */
export function exemplarViews(found: readonly SeriesExemplars[]): PrometheusExemplarsAnswer['data'] {
  return found.map(({ labels, exemplars }) => ({
    seriesLabels: Object.fromEntries(labels),
    exemplars: exemplars.map((exemplar) => ({
      labels: Object.fromEntries(exemplar.labels),
      value: prometheusNumber(exemplar.value),
      timestamp: exemplar.timestampMs / 1000,
    })),
  }));
}
