import type { LabelMatcher } from '@aegisguard/model';
import { printText } from './print-text.ts';

/** `service="api"`. */
export function printMatcher({ name, op, value }: LabelMatcher): string {
  return `${name}${op}${printText(value)}`;
}

/** `{service="api", level="error"}`. */
export function printSelector(matchers: readonly LabelMatcher[]): string {
  return `{${matchers.map(printMatcher).join(', ')}}`;
}
