import type { SourceRange } from './source-range.ts';

/** How long a range, an offset or a subquery's step is: https://prometheus.io/docs/prometheus/latest/feature_flags/#promql-duration-expressions. Literals are in ms; `step` and `range` are the query's own. */
export type DurationExpression =
  | {
      readonly kind: 'duration';
      readonly ms: number;
      /** Written as a bare number of seconds, within a calculation; `[5]` alone is `[5s]`. */
      readonly isNumber: boolean;
      readonly source: SourceRange;
    }
  | { readonly kind: 'duration-of-query'; readonly name: 'step' | 'range'; readonly source: SourceRange }
  /** A minus; a plus changes nothing and is forgotten. */
  | {
      readonly kind: 'duration-sign';
      readonly op: '+' | '-';
      readonly operand: DurationExpression;
      readonly source: SourceRange;
    }
  | { readonly kind: 'duration-parentheses'; readonly operand: DurationExpression; readonly source: SourceRange }
  | {
      readonly kind: 'duration-operation';
      readonly op: '+' | '-' | '*' | '/' | '%' | '^';
      readonly left: DurationExpression;
      readonly right: DurationExpression;
      readonly source: SourceRange;
    }
  /** `min_of(a, b)`, `max_of(a, b)`. */
  | {
      readonly kind: 'duration-call';
      readonly name: 'min' | 'max';
      readonly arguments: readonly DurationExpression[];
      readonly source: SourceRange;
    };
