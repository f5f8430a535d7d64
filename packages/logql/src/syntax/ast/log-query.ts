import type { LabelMatcher } from '@aegisguard/model';
import type { Stage } from './stage.ts';

/** `{service="api"} |= "timeout" | json`: which logs, and what becomes of each of their lines. */
export interface LogQuery {
  readonly kind: 'log-query';
  /** No matchers select every log of the organization; Loki's own API refuses that. */
  readonly matchers: readonly LabelMatcher[];
  /** In the order of the query, which is the order that they are applied in. */
  readonly stages: readonly Stage[];
}
