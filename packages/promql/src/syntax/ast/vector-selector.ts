import type { LabelMatcher } from '@aegisguard/model';
import type { DurationExpression } from './duration-expression.ts';
import type { SourceRange } from './source-range.ts';

/** A fixed time of evaluation, `@ …`: unix ms, or the query's own start or end. */
export type AtModifier = number | 'start' | 'end';

/** How a range selector treats the edges of its windows: https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors */
export type RangeExtension = 'anchored' | 'smoothed';

/** `http_requests_total{job="api"}`, possibly with `offset`, `@`, `anchored` and `smoothed`. */
export interface VectorSelector {
  readonly kind: 'vector-selector';
  /** The metric's name as written before the braces; it is the first matcher, of `__name__`, too. A name in quotes inside the braces is only a matcher. */
  readonly name: string | undefined;
  /** At least one matcher refuses the empty text, except among the labels that info() is to add. */
  readonly matchers: readonly LabelMatcher[];
  /** How far back it looks; negative looks ahead. */
  readonly offset: DurationExpression | undefined;
  readonly at: AtModifier | undefined;
  readonly extension: RangeExtension | undefined;
  readonly source: SourceRange;
}
