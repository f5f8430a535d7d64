import { evaluationError } from '../../functions/evaluation-error.ts';
import { MovingWindow } from '../call/moving-window.ts';
import type { EvaluatedSeries } from '../evaluated-series.ts';
import type { Evaluation } from '../evaluation.ts';
import { withoutName } from '../label-order.ts';
import type { RangeSeries, RangeVector } from '../value.ts';
import { extendedFloats } from './extended-floats.ts';

/** What a range selector or subquery alone answers at one time: the samples of its window, at their own times. Series without any are left out. A subquery's have been counted. */
export function rawSeries(
  { lookbackMs, samples }: Evaluation,
  range: RangeVector,
  isSelector: boolean,
): EvaluatedSeries[] {
  return [...range.series].flatMap((series) => {
    const window = new MovingWindow(series, range, lookbackMs);
    window.advance();
    if (isSelector) {
      samples.hold(window.size);
      samples.see(window.size);
    }
    const raw = range.extension === undefined ? windowOf(series, window) : extendedOf(series, range, window);
    return raw.values.length + raw.histograms.length === 0 ? [] : [raw];
  });
}

function windowOf(series: RangeSeries, window: MovingWindow): EvaluatedSeries {
  const { labels, dropsName, timestampsMs, values, histograms } = series;
  return {
    labels: dropsName ? withoutName(labels) : labels,
    timestampsMs: timestampsMs.subarray(window.first, window.end),
    values: values.subarray(window.first, window.end),
    histograms: histograms.slice(window.firstHistogram, window.endHistogram),
  };
}

function extendedOf(series: RangeSeries, { extension }: RangeVector, window: MovingWindow): EvaluatedSeries {
  const { labels, timestampsMs, values, histograms } = windowOf(series, window);
  if (histograms.length > 0) {
    throw evaluationError(`${extension} modifier is not supported with histograms`);
  }
  const { startMs, endMs } = window;
  const floats = extendedFloats({ timestampsMs, values }, { startMs, endMs, isSmoothed: extension === 'smoothed' });
  return { labels, ...floats, histograms: [] };
}
