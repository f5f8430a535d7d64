// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_fraction
import type { Value } from '../../evaluate/value.ts';
import { classicFraction } from '../../histograms/classic-buckets.ts';
import { histogramFraction } from '../../histograms/histogram-fraction.ts';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import { argumentOf } from '../call-arguments.ts';
import type { CallContext } from '../function-implementation.ts';
import { FloatColumn } from './float-column.ts';
import { type HistogramAtPoint, histogramAt, histogramSources, isNative } from './histogram-input.ts';

const HISTOGRAMS = 2;

/** `histogram_fraction(lower, upper, histograms)`. */
export function evaluateHistogramFraction(context: CallContext): Value {
  const series = histogramSources(context, HISTOGRAMS).map((source) => {
    const column = new FloatColumn(context.pointsMs.length);
    for (const point of context.pointsMs.keys()) {
      const histogram = histogramAt(source, point, context, HISTOGRAMS);
      if (histogram !== undefined) {
        column.set(point, fractionOf(histogram, point, source.metric, context));
      }
    }
    return column.series(source.labels);
  });
  return { type: 'vector', series: series.filter((one) => one !== undefined) };
}

function fractionOf(histogram: HistogramAtPoint, point: number, metric: string, context: CallContext): number {
  const [lower, upper] = [context.scalar(0, point) ?? Number.NaN, context.scalar(1, point) ?? Number.NaN];
  if (!isNative(histogram)) {
    return classicFraction(histogram, lower, upper);
  }
  const { value, hasNanObservations } = histogramFraction(histogram, lower, upper);
  if (hasNanObservations) {
    context.annotations.inform(HISTOGRAM_MESSAGES.fractionNan(metric), argumentOf(context, 0).source);
  }
  return value;
}
