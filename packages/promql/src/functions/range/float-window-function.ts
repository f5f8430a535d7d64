import type { CallContext, FunctionImplementation, Window } from '../function-implementation.ts';
import { floatsIn, informIgnoredHistograms } from './window-annotations.ts';

/** A function of the floats of a window, of at least so many; that histograms among them are ignored is said. */
export function ofFloats(
  floatsMin: number,
  evaluate: (window: Window, context: CallContext) => number,
): FunctionImplementation {
  return {
    kind: 'range',
    evaluate(window, context) {
      informIgnoredHistograms(window, context);
      return floatsIn(window) < floatsMin ? undefined : evaluate(window, context);
    },
  };
}
