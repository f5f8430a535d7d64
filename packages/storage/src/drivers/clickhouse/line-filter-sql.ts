import type { LineFilter } from '@aegisguard/model';
import { anywherePattern } from './re2-pattern.ts';
import { containsPatternLiteral, textLiteral } from './sql-literal.ts';

/**
 * A line filter as a condition. Plain ones are LIKE: the filter over the message's 4-grams prunes for it, whatever the needle (of 4 characters or more), and the engine turns it
 * into a substring search.
 */
export function lineFilterCondition({ op, value }: LineFilter): string {
  switch (op) {
    case '|=':
      return `message LIKE ${containsPatternLiteral(value)}`;
    case '!=':
      return `message NOT LIKE ${containsPatternLiteral(value)}`;
    case '|~':
      return `match(message, ${textLiteral(anywherePattern(value))})`;
    case '!~':
      return `NOT match(message, ${textLiteral(anywherePattern(value))})`;
  }
}
