import { invalidQuery, type LabelMatcher } from '@aegisguard/model';
import { RE2JS } from 're2js';
import { parseMatcher } from './parse-matcher.ts';
import type { TokenReader } from './token-reader.ts';

function takesEmpty({ op, value }: LabelMatcher): boolean {
  const isExact = op === '=' || op === '!=';
  const matchesEmpty = isExact ? value === '' : RE2JS.compile(value).testExact('');
  return matchesEmpty === (op === '=' || op === '=~');
}

/** Parses `{name op "value", …}`. */
export function parseSelector(tokens: TokenReader): readonly LabelMatcher[] {
  const { position } = tokens.peek();
  tokens.expectSymbol('{', 'to begin a selector');
  const matchers: LabelMatcher[] = [];
  if (!tokens.takeIf('}')) {
    matchers.push(
      ...tokens.list(() => {
        const name = tokens.expect('name', 'a label name made of letters, digits and "_"');
        return parseMatcher(tokens, name.text);
      }, 'matchers'),
    );
    tokens.expectSymbol('}', 'or "," after a matcher');
  }
  if (!tokens.options.allowsAnyStream && matchers.every(takesEmpty)) {
    throw invalidQuery(
      position,
      'queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will',
    );
  }
  return matchers;
}
