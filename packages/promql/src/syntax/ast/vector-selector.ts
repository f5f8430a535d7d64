import type { LabelMatcher } from '@aegisguard/model';
import type { SourceRange } from './source-range.ts';

/** A fixed time of evaluation, `@ …`: unix ms, or the query's own start or end. */
export type AtModifier = number | 'start' | 'end';

/** `http_requests_total{job="api"}`, possibly with `offset` and `@`. */
export interface VectorSelector {
  readonly kind: 'vector-selector';
  /** The metric's name is a matcher of `__name__`; at least one matcher refuses the empty text. */
  readonly matchers: readonly LabelMatcher[];
  /** How far back it looks; negative looks ahead. */
  readonly offsetMs: number;
  readonly at: AtModifier | undefined;
  readonly source: SourceRange;
}
