import type { Expression } from './expression.ts';
import type { SourceRange } from './source-range.ts';

/** `-x`. */
export interface UnaryOperation {
  readonly kind: 'unary';
  readonly op: '+' | '-';
  readonly expression: Expression;
  readonly source: SourceRange;
}
