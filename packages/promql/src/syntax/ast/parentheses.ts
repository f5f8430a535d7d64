import type { Expression } from './expression.ts';
import type { SourceRange } from './source-range.ts';

/** `(x)`. */
export interface Parentheses {
  readonly kind: 'parentheses';
  readonly expression: Expression;
  readonly source: SourceRange;
}
