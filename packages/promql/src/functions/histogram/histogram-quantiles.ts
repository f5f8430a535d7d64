// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile and #histogram_quantiles
import { type Labels, normalizeLabels } from '@aegisguard/model';
import type { Value, VectorSeries } from '../../evaluate/value.ts';
import { classicQuantile } from '../../histograms/classic-buckets.ts';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import { histogramQuantile } from '../../histograms/histogram-quantile.ts';
import { argumentOf } from '../call-arguments.ts';
import { formatGeneral } from '../format-general.ts';
import type { CallContext } from '../function-implementation.ts';
import { FloatColumn } from './float-column.ts';
import { ForcedMonotonicities } from './forced-monotonicity.ts';
import {
  type HistogramAtPoint,
  type HistogramSource,
  histogramAt,
  histogramSources,
  isNative,
} from './histogram-input.ts';

/** `histogram_quantile(φ, histograms)`. */
export function evaluateHistogramQuantile(context: CallContext): Value {
  const quantileOf = checkedQuantile(context, 0);
  const quantiles = new QuantileCall(context, 1, 1);
  const series = quantiles.sources.map((source) => {
    const column = new FloatColumn(context.pointsMs.length);
    for (const [point, histogram] of quantiles.histogramsOf(source)) {
      column.set(point, quantiles.of(histogram, quantileOf(point), source, point));
    }
    return column.series(source.labels);
  });
  quantiles.finish();
  return { type: 'vector', series: present(series) };
}

/** `histogram_quantiles(histograms, label, φ, …)`: the quantiles, each told by the label. */
export function evaluateHistogramQuantiles(context: CallContext): Value {
  const label = context.values[1]?.type === 'string' ? context.values[1].text : '';
  const quantiles = new QuantileCall(context, 0, 0);
  const wanted = context.values.slice(2).map((_, index) => checkedQuantile(context, index + 2));
  const series = quantiles.sources.flatMap((source) => {
    const histograms = [...quantiles.histogramsOf(source)];
    return wanted.flatMap((quantileOf) => {
      const columns = new Map<string, FloatColumn>();
      for (const [point, histogram] of histograms) {
        const quantile = quantileOf(point);
        const name = formatOpenMetricsFloat(quantile);
        const column = columns.get(name) ?? new FloatColumn(context.pointsMs.length);
        columns.set(name, column);
        column.set(point, quantiles.of(histogram, quantile, source, point));
      }
      return [...columns].map(([name, column]) => column.series(withLabel(source.labels, label, name)));
    });
  });
  quantiles.finish();
  return { type: 'vector', series: present(series) };
}

/** Estimates quantiles of the argument's histograms, and says what is odd about them. */
class QuantileCall {
  readonly sources: readonly HistogramSource[];
  readonly #context: CallContext;
  readonly #argument: number;
  readonly #forcedArgument: number;
  readonly #forced = new ForcedMonotonicities();

  constructor(context: CallContext, argument: number, forcedArgument: number) {
    this.sources = histogramSources(context, argument);
    this.#context = context;
    this.#argument = argument;
    this.#forcedArgument = forcedArgument;
  }

  *histogramsOf(source: HistogramSource): Generator<[point: number, histogram: HistogramAtPoint]> {
    for (const point of this.#context.pointsMs.keys()) {
      const histogram = histogramAt(source, point, this.#context, this.#argument);
      if (histogram !== undefined) {
        yield [point, histogram];
      }
    }
  }

  of(histogram: HistogramAtPoint, quantile: number, { metric }: HistogramSource, point: number): number {
    if (!isNative(histogram)) {
      const { value, forced } = classicQuantile(histogram, quantile);
      if (forced !== undefined) {
        this.#forced.note(metric, forced, this.#context.pointsMs[point] ?? 0);
      }
      return value;
    }
    const { value, nanObservations } = histogramQuantile(histogram, quantile);
    if (nanObservations !== undefined) {
      const message = nanObservations === 'result' ? 'quantileNanResult' : 'quantileNanSkew';
      this.#context.annotations.inform(HISTOGRAM_MESSAGES[message](metric), argumentOf(this.#context, 0).source);
    }
    return value;
  }

  finish(): void {
    this.#forced.inform(this.#context.annotations, argumentOf(this.#context, this.#forcedArgument).source);
  }
}

/** The quantile at each point, with a warning of those that are none. */
function checkedQuantile(context: CallContext, argument: number): (point: number) => number {
  return (point) => {
    const quantile = context.scalar(argument, point) ?? Number.NaN;
    if (!(quantile >= 0 && quantile <= 1)) {
      const message = `quantile value should be between 0 and 1, got ${formatGeneral(quantile)}`;
      context.annotations.warn(message, argumentOf(context, argument).source);
    }
    return quantile;
  };
}

function withLabel(labels: Labels, name: string, value: string): Labels {
  return normalizeLabels([...labels.filter(([known]) => known !== name), [name, value]]);
}

function present(series: readonly (VectorSeries | undefined)[]): VectorSeries[] {
  return series.filter((one) => one !== undefined);
}

/** A number as OpenMetrics writes it in a label: never without a point or an exponent. */
function formatOpenMetricsFloat(value: number): string {
  const text = formatGeneral(value);
  return Number.isFinite(value) && !/[.e]/.test(text) ? `${text}.0` : text;
}
