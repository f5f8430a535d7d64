import type { DurationExpression } from './duration-expression.ts';
import type { Expression } from './expression.ts';
import type { SourceRange } from './source-range.ts';
import type { AtModifier } from './vector-selector.ts';

/** `rate(x[1m])[30m:1m]`: the expression at every multiple of the step in (t − range, t]. */
export interface Subquery {
  readonly kind: 'subquery';
  readonly expression: Expression;
  readonly range: DurationExpression;
  /** Undefined: the evaluation's default. */
  readonly step: DurationExpression | undefined;
  readonly offset: DurationExpression | undefined;
  readonly at: AtModifier | undefined;
  readonly source: SourceRange;
}
