// https://prometheus.io/docs/prometheus/latest/querying/functions/
import type { CounterOperation } from './counter/counter-call.ts';
import { extendedRate } from './counter/extended-rate.ts';
import { extensionOf } from './counter/extended-window.ts';
import { extrapolatedRate } from './counter/extrapolated-rate.ts';
import { FloatRates } from './counter/float-rates.ts';
import { instantFloatRate, instantRate } from './counter/instant-rate.ts';
import { countChanges, countResets } from './counter/resets-and-changes.ts';
import type { FunctionImplementation, Implementations } from './function-implementation.ts';
import { atWindowEdges } from './range/window-edges-function.ts';

/** What happens to counters, and to gauges, from sample to sample. */
export const COUNTER_FUNCTIONS: Implementations = {
  changes: { kind: 'range', evaluate: countChanges },
  delta: rateFunction({ isCounter: false, isRate: false }),
  idelta: instantFunction({ isCounter: false, isRate: false }),
  increase: rateFunction({ isCounter: true, isRate: false }),
  irate: instantFunction({ isCounter: true, isRate: true }),
  rate: rateFunction({ isCounter: true, isRate: true }),
  resets: { kind: 'range', evaluate: countResets },
};

function rateFunction(operation: CounterOperation): FunctionImplementation {
  return {
    kind: 'range',
    evaluate: (window, context) => {
      const extension = extensionOf(context);
      return extension === undefined
        ? extrapolatedRate(window, context, operation)
        : extendedRate(window, context, operation, extension);
    },
    seriesEvaluator: (context) => {
      const rates = new FloatRates(context, operation);
      return (series, windows, column) => rates.evaluate(series, windows, column);
    },
  };
}

function instantFunction(operation: CounterOperation): FunctionImplementation {
  return {
    kind: 'range',
    evaluate: (window, context) => instantRate(window, context, operation),
    seriesEvaluator: atWindowEdges(2, (series, _, end) => instantFloatRate(series, end, operation)),
  };
}
