import type { LabelMatcher } from '@aegisguard/model';

/** The operators that compare a label with a number; `==` and `=` are one. */
export const COMPARISON_OPERATORS = ['=', '!=', '>', '>=', '<', '<='] as const;

/** One of them. */
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/** `| a="x"`, `| a=~"x.*"`: as in a selector. */
interface TextLabelFilter {
  readonly kind: 'text';
  readonly matcher: LabelMatcher;
}

/** `| size > 20KB`: the label is read as what it is compared with. Durations are nanoseconds, sizes bytes. */
export interface NumberLabelFilter {
  readonly kind: 'number' | 'duration' | 'bytes';
  readonly name: string;
  readonly op: ComparisonOperator;
  readonly value: number;
  /** The value as the query has it. */
  readonly text: string;
}

/** `| addr=ip("10.0.0.0/8")`. */
export interface IpLabelFilter {
  readonly kind: 'ip';
  readonly name: string;
  readonly op: '=' | '!=';
  readonly value: string;
}

/** Two filters; a comma and a space between them are `and`. `and` binds stronger than `or`. */
interface CombinedLabelFilter {
  readonly kind: 'and' | 'or';
  readonly left: LabelFilter;
  readonly right: LabelFilter;
}

/** What stands behind a bar and is no stage of its own. */
export type LabelFilter = TextLabelFilter | NumberLabelFilter | IpLabelFilter | CombinedLabelFilter;
