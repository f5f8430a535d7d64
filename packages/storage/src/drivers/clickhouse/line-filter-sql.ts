import type { LineFilter } from '@aegisguard/model';
import { requiredLiterals } from './re2-literals.ts';
import { anywherePattern } from './re2-pattern.ts';
import { containsPatternLiteral, textLiteral } from './sql-literal.ts';

/** A line filter as a condition. */
export function lineFilterCondition({ op, values }: LineFilter): string {
  switch (op) {
    case '|=':
      return values.map(containsCondition).join(' OR ');
    case '!=':
      return `NOT (${values.map(containsCondition).join(' OR ')})`;
    case '|~':
      return values.map((value) => `(${matchesCondition(value)}${literalHints(value)})`).join(' OR ');
    case '!~':
      return `NOT (${values.map(matchesCondition).join(' OR ')})`;
  }
}

/** Whether the filter over 4-grams can tell of parts of the table that no line passes there. */
export function isPrunableLine({ op, values }: LineFilter): boolean {
  return op === '|='
    ? values.every(({ length }) => length >= 4)
    : op === '|~' && values.every((value) => requiredLiterals(anywherePattern(value)).length > 0);
}

/** LIKE: the filter over the message's 4-grams prunes for it, whatever the needle (of 4 characters or more), and the engine turns it into a substring search. */
export function containsCondition(value: string): string {
  return `message LIKE ${containsPatternLiteral(value)}`;
}

/** The same filter prunes for what every match contains; a hint is asked of filters alone, not of rows. */
function literalHints(value: string): string {
  return requiredLiterals(anywherePattern(value))
    .map((literal) => ` AND indexHint(${containsCondition(literal)})`)
    .join('');
}

function matchesCondition(value: string): string {
  return `match(message, ${textLiteral(anywherePattern(value))})`;
}
