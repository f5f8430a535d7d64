import { metricName } from '../../evaluate/label-order.ts';
import type { RangeSeries } from '../../evaluate/value.ts';
import { HISTOGRAM_MESSAGES } from '../../histograms/histogram-messages.ts';
import { argumentOf } from '../call-arguments.ts';
import type { CallContext, Window } from '../function-implementation.ts';

/** How the functions of this folder differ. */
export interface CounterOperation {
  /** Falls are resets; else the samples are a gauge's. */
  readonly isCounter: boolean;
  /** Per second. */
  readonly isRate: boolean;
}

/** Warns about the function's argument, with the metric's name. */
export function warnOf(
  message: 'mixedSchemas' | 'mixedWithFloats' | 'notCounter' | 'notGauge',
  window: Window,
  context: CallContext,
): void {
  context.annotations.warn(
    HISTOGRAM_MESSAGES[message](metricName(window.series.labels)),
    argumentOf(context, 0).source,
  );
}

/** Tells that custom buckets were reconciled. */
export function informReconciled(operation: 'addition' | 'subtraction', context: CallContext): void {
  context.annotations.inform(HISTOGRAM_MESSAGES.boundsReconciled(operation), argumentOf(context, 0).source);
}

/** Warns that samples count from within what earlier ones counted. */
export function warnOverlap(series: RangeSeries, context: CallContext): void {
  const message = `overlapping start timestamps detected for metric name ${JSON.stringify(metricName(series.labels))}`;
  context.annotations.warn(message, argumentOf(context, 0).source);
}

/** Tells, of `rate` and `increase` of floats, that a metric is not called as counters are. */
export function informPossibleNonCounter(
  series: Pick<RangeSeries, 'labels'>,
  context: Pick<CallContext, 'annotations' | 'call'>,
): void {
  const name = metricName(series.labels);
  if (name !== '' && !COUNTER_NAME.test(name)) {
    const message = `metric might not be a counter, name does not end in _total/_sum/_count/_bucket: ${JSON.stringify(name)}`;
    context.annotations.inform(message, argumentOf(context, 0).source);
  }
}

const COUNTER_NAME = /_(?:total|sum|count|bucket)$/;
