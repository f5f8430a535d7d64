import type { Expression } from './expression.ts';
import type { SourceRange } from './source-range.ts';

/** `rate(http_requests_total[5m])`. The type checker has seen that there is such a function, and its arguments. */
export interface FunctionCall {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly source: SourceRange;
}
