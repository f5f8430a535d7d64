import type { LabelMatcher, LineFilter } from '@aegisguard/model';

/** `{service="api"} |= "timeout"`: which logs, and which of their lines. No matchers select every log of the organization. */
export interface LogQuery {
  readonly kind: 'log-query';
  readonly matchers: readonly LabelMatcher[];
  readonly lineFilters: readonly LineFilter[];
}
