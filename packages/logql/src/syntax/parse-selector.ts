import { type LabelMatcher, type MatchOperator, unsupportedQuery } from '@aegisguard/model';
import { checkRegex } from './check-regex.ts';
import type { TokenReader } from './token-reader.ts';

/** Each costs the store a condition a row; Loki's own queries have a handful. */
const MATCHERS_MAX = 100;
const OPERATORS: readonly MatchOperator[] = ['=', '!=', '=~', '!~'];

function parseMatcher(tokens: TokenReader): LabelMatcher {
  const name = tokens.peek();
  if (name.kind !== 'name') {
    tokens.fail('a label name made of letters, digits and "_"');
  }
  tokens.take();
  const op = OPERATORS.find((operator) => tokens.takeIf(operator));
  if (op === undefined) {
    tokens.fail(`"=", "!=", "=~" or "!~" after the label ${name.text}`);
  }
  const value = tokens.peek();
  if (value.kind !== 'string') {
    tokens.fail('a text in double quotes or backticks');
  }
  tokens.take();
  if (op === '=~' || op === '!~') {
    checkRegex(value.text, value.position);
  }
  return { name: name.text, op, value: value.text };
}

/** Parses `{name op "value", …}`. Unlike Loki we accept `{}`, every log of the organization, and selectors that an absent label satisfies. */
export function parseSelector(tokens: TokenReader): readonly LabelMatcher[] {
  tokens.expectSymbol('{', 'to begin a selector');
  const matchers: LabelMatcher[] = [];
  if (tokens.takeIf('}')) {
    return matchers;
  }
  do {
    if (matchers.length === MATCHERS_MAX) {
      throw unsupportedQuery(tokens.peek().position, `more than ${MATCHERS_MAX} matchers are`);
    }
    matchers.push(parseMatcher(tokens));
  } while (tokens.takeIf(','));
  tokens.expectSymbol('}', 'or "," after a matcher');
  return matchers;
}
