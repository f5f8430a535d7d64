import type { LabelMatcher } from '@aegisguard/model';
import type { TokenReader } from './token-reader.ts';

const OPERATORS = ['=', '!=', '=~', '!~'] as const;

/** Parses the operator and the value behind a label's name, which is taken already. */
export function parseMatcher(tokens: TokenReader, name: string): LabelMatcher {
  const op = OPERATORS.find((operator) => tokens.takeIf(operator));
  if (op === undefined) {
    tokens.fail(`"=", "!=", "=~" or "!~" after the label ${name}`);
  }
  const value = tokens.expectText(`after "${op}"`);
  if (op === '=~' || op === '!~') {
    tokens.compile(value);
  }
  return { name, op, value: value.text };
}
