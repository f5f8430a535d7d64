import type { CallContext, FunctionImplementation } from '../function-implementation.ts';

/** A function of each float of a vector; histograms are ignored silently. */
export function ofEachFloat(
  evaluate: (value: number, point: number, context: CallContext) => number | undefined,
): FunctionImplementation {
  return {
    kind: 'sample',
    evaluate: (sample, point, context) => (typeof sample === 'number' ? evaluate(sample, point, context) : undefined),
  };
}
