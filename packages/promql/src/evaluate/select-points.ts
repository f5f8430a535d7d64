import type { SeriesSamples } from '@aegisguard/model';
import type { EvaluatedSeries, HistogramPoint } from './evaluated-series.ts';
import type { EvaluationTimes } from './evaluation-times.ts';
import { PointColumns } from './point-columns.ts';
import { isStale, isStaleHistogram, wordsOf } from './staleness.ts';
import { WindowBounds } from './window-bounds.ts';

/** Prometheus's default: a sample stands for the time after it this long. */
export const LOOKBACK_MS = 300_000;

/** The points of a vector selector for one series: at each time the newest sample of the five minutes before, unless it says that the series has ended. */
export function selectPoints(series: SeriesSamples, { points, references }: EvaluationTimes): EvaluatedSeries {
  const { timestampsMs, values, histograms } = series;
  const words = wordsOf(values);
  const found = new PointColumns(points.length);
  const foundHistograms: HistogramPoint[] = [];
  const floats = new WindowBounds(timestampsMs);
  const others = new WindowBounds(Float64Array.from(histograms, ({ timestampMs }) => timestampMs));
  for (const [index, reference] of references.entries()) {
    floats.moveTo(reference - LOOKBACK_MS, reference);
    others.moveTo(reference - LOOKBACK_MS, reference);
    const timestampMs = points[index] ?? 0;
    const floatMs = floats.size === 0 ? Number.NEGATIVE_INFINITY : (timestampsMs[floats.end - 1] ?? 0);
    const newest = others.size === 0 ? undefined : histograms[others.end - 1];
    if (newest !== undefined && newest.timestampMs > floatMs) {
      if (!isStaleHistogram(newest.histogram)) {
        foundHistograms.push({ timestampMs, histogram: newest.histogram });
      }
    } else if (floats.size > 0 && !isStale(words, floats.end - 1)) {
      found.push(timestampMs, values[floats.end - 1] ?? 0);
    }
  }
  return { labels: series.labels, ...found.columns(), histograms: foundHistograms };
}
