// `rate`, `increase` and `delta` of floats: https://prometheus.io/docs/prometheus/latest/querying/functions/#rate
import { metricName } from '../../evaluate/label-order.ts';
import { POINT, type RangeSeries } from '../../evaluate/value.ts';
import type { WindowTable } from '../../evaluate/window-table.ts';
import type { CallContext, PointColumn } from '../function-implementation.ts';
import { type CounterOperation, informPossibleNonCounter, warnOverlap } from './counter-call.ts';
import { extrapolationTable } from './extrapolation-table.ts';
import { FloatIncreases, hasAnyStart } from './float-increases.ts';
import { FloatRate, rateUnit } from './float-rate.ts';

/** Evaluates all windows of one series of floats after the other. */
export class FloatRates {
  readonly #context: CallContext;
  readonly #operation: CounterOperation;
  /** Series without known start times may share that they have none, and those of a metric follow each other. */
  #withoutStarts: Float64Array | undefined;
  #lastMetric: string | undefined;

  constructor(context: CallContext, operation: CounterOperation) {
    this.#context = context;
    this.#operation = operation;
  }

  /** Writes the results of a series, and says how many there are. */
  evaluate(series: RangeSeries, windows: WindowTable, column: PointColumn): number {
    const { isCounter, isRate } = this.#operation;
    const unit = rateUnit(isRate, windows.rangeMs);
    if (!isCounter) {
      return plainDeltas(series.values, windows, unit, column);
    }
    const increases = new FloatIncreases(series, this.#knowsStarts(series));
    const results = increases.knowsStarts
      ? startedRates(series, increases, windows, this.#context, this.#operation, column)
      : plainRates(series.values, increases, windows, unit, column);
    const metric = results > 0 ? metricName(series.labels) : this.#lastMetric;
    if (metric !== this.#lastMetric) {
      this.#lastMetric = metric;
      informPossibleNonCounter(series, this.#context);
    }
    return results;
  }

  #knowsStarts({ startsMs }: RangeSeries): boolean {
    if (startsMs === this.#withoutStarts) {
      return false;
    }
    const isKnown = hasAnyStart(startsMs);
    this.#withoutStarts = isKnown ? undefined : startsMs;
    return isKnown;
  }
}

/** Of counters for which it is known since when they count, which matters window by window. */
function startedRates(
  series: RangeSeries,
  increases: FloatIncreases,
  { first, end, windowEndsMs, rangeMs }: WindowTable,
  context: CallContext,
  operation: CounterOperation,
  column: PointColumn,
): number {
  const rate = new FloatRate(series, increases, operation, rangeMs);
  let results = 0;
  let hasOverlap = false;
  for (let point = 0; point < windowEndsMs.length; point += 1) {
    const endMs = windowEndsMs[point] ?? 0;
    const startMs = endMs - rangeMs;
    const from = first[point] ?? 0;
    const to = end[point] ?? 0;
    if (rate.exists(from, to, startMs)) {
      column.kinds[point] = POINT.float;
      column.values[point] = rate.value(from, to, startMs, endMs);
      results += 1;
      hasOverlap ||= rate.hasOverlap(from, to);
    }
  }
  if (hasOverlap) {
    warnOverlap(series, context);
  }
  return results;
}

/** The same as `FloatRate` gives, in the same order of operations; what depends on times alone has been computed. */
function plainRates(
  values: Float64Array,
  increases: FloatIncreases,
  windows: WindowTable,
  unit: number,
  { kinds, values: rates }: PointColumn,
): number {
  const { first, end } = windows;
  const { hasResets } = increases;
  const { sampled, before, after, scale } = extrapolationTable(windows, unit);
  let results = 0;
  for (let point = 0; point < first.length; point += 1) {
    const from = first[point] ?? 0;
    const to = end[point] ?? 0;
    if (to - from < 2) {
      continue;
    }
    const firstValue = values[from] ?? 0;
    const increase = hasResets ? increases.between(from, to) : (values[to - 1] ?? 0) - firstValue;
    let factor = scale[point] ?? 0;
    if (increase > 0 && firstValue >= 0) {
      const span = sampled[point] ?? 0;
      const zeroDistance = span * (firstValue / increase);
      if (zeroDistance < (before[point] ?? 0)) {
        factor = (span + zeroDistance + (after[point] ?? 0)) / span / unit;
      }
    }
    kinds[point] = POINT.float;
    rates[point] = increase * factor;
    results += 1;
  }
  return results;
}

/** The same of gauges, which may be negative. */
function plainDeltas(
  values: Float64Array,
  windows: WindowTable,
  unit: number,
  { kinds, values: deltas }: PointColumn,
): number {
  const { first, end } = windows;
  const { scale } = extrapolationTable(windows, unit);
  let results = 0;
  for (let point = 0; point < first.length; point += 1) {
    const from = first[point] ?? 0;
    const to = end[point] ?? 0;
    if (to - from >= 2) {
      kinds[point] = POINT.float;
      deltas[point] = ((values[to - 1] ?? 0) - (values[from] ?? 0)) * (scale[point] ?? 0);
      results += 1;
    }
  }
  return results;
}
