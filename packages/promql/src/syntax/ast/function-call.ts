import type { RangeSelector } from './range-selector.ts';
import type { SourceRange } from './source-range.ts';

/** The functions that can be run. */
export const FUNCTIONS = ['rate', 'increase'] as const;

/** One of them. */
export type FunctionName = (typeof FUNCTIONS)[number];

/** `rate(http_requests_total[5m])`. */
export interface FunctionCall {
  readonly kind: 'function-call';
  readonly name: FunctionName;
  readonly argument: RangeSelector;
  readonly source: SourceRange;
}
