import type { CallContext, FunctionImplementation, SeriesEvaluator, Window } from '../function-implementation.ts';
import { floatsIn, informIgnoredHistograms } from './window-annotations.ts';

/** A function of the floats of a window, of at least so many; that histograms among them are ignored is said. The evaluator is one of all windows of a series of floats. */
export function ofFloats(
  floatsMin: number,
  evaluate: (window: Window, context: CallContext) => number,
  seriesEvaluator?: () => SeriesEvaluator,
): FunctionImplementation {
  return {
    kind: 'range',
    evaluate(window, context) {
      informIgnoredHistograms(window, context);
      return floatsIn(window) < floatsMin ? undefined : evaluate(window, context);
    },
    ...(seriesEvaluator && { seriesEvaluator }),
  };
}
