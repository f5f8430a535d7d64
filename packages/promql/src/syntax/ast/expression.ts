import type { FunctionCall } from './function-call.ts';
import type { RangeSelector } from './range-selector.ts';
import type { VectorSelector } from './vector-selector.ts';

/** A parsed expression of those kinds that can be run. Parentheses leave no trace. */
export type Expression = VectorSelector | RangeSelector | FunctionCall;
