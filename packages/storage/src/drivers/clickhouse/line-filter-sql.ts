import type { LineFilter } from '@aegisguard/model';
import { anywherePattern } from './re2-pattern.ts';
import { containsPatternLiteral, textLiteral } from './sql-literal.ts';

/** A line filter as a condition. */
export function lineFilterCondition({ op, values }: LineFilter): string {
  const conditions = values.map(op === '|=' || op === '!=' ? containsCondition : matchesCondition);
  const any = conditions.join(' OR ');
  return op === '|=' || op === '|~' ? any : `NOT (${any})`;
}

/** LIKE: the filter over the message's 4-grams prunes for it, whatever the needle (of 4 characters or more), and the engine turns it into a substring search. */
function containsCondition(value: string): string {
  return `message LIKE ${containsPatternLiteral(value)}`;
}

function matchesCondition(value: string): string {
  return `match(message, ${textLiteral(anywherePattern(value))})`;
}
