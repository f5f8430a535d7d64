import type { LabelMatcher } from '@aegisguard/model';
import { quoteLogQl } from './logql-string.ts';

/** A matcher as a query has it: `service="api"`. */
export function printMatcher({ name, op, value }: LabelMatcher): string {
  return `${name}${op}${quoteLogQl(value)}`;
}

/** Matchers as a selector. */
export function printMatchers(matchers: readonly LabelMatcher[]): string {
  return `{${matchers.map(printMatcher).join(', ')}}`;
}
