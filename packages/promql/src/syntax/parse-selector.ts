// https://prometheus.io/docs/prometheus/latest/querying/basics/#instant-vector-selectors
import { invalidQuery, type LabelMatcher, type MatchOperator } from '@aegisguard/model';
import type { VectorSelector } from './ast/vector-selector.ts';
import type { RegexBudget } from './regex-budget.ts';
import { RESERVED_WORDS, type Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';
import { unquote } from './unquote.ts';

const NAME = '__name__';
const CONTEXT = 'label matching';
const MATCHERS_MAX = 256;
const MATCH_OPERATORS: readonly MatchOperator[] = ['=', '!=', '=~', '!~'];

/** True for what may name a metric before the braces: names, and most keywords. */
export function isMetricName({ kind, word }: Token): boolean {
  return kind === 'identifier' || kind === 'metric-name' || (kind === 'keyword' && !RESERVED_WORDS.has(word));
}

/** One member of `{…}`: a matcher, or the metric's name in quotes. */
function parseMember(reader: TokenReader, regexes: RegexBudget): LabelMatcher {
  const label = reader.peek();
  if (label.kind !== 'identifier' && label.kind !== 'string') {
    reader.unexpected(CONTEXT, 'identifier or "}"');
  }
  reader.take();
  const name = label.kind === 'string' ? unquote(label) : label.text;
  const op = MATCH_OPERATORS.find((operator) => reader.takeIf(operator));
  if (op === undefined) {
    if (label.kind === 'identifier') {
      reader.unexpected(CONTEXT, 'label matching operator');
    }
    return { name: NAME, op: '=', value: name };
  }
  if (reader.peek().kind !== 'string') {
    reader.unexpected(CONTEXT, 'string');
  }
  const value = unquote(reader.take());
  if (op === '=~' || op === '!~') {
    regexes.compile(value, label.from);
  }
  return { name, op, value };
}

function parseBraces(reader: TokenReader, regexes: RegexBudget): LabelMatcher[] {
  const { from } = reader.expect('{');
  const matchers: LabelMatcher[] = [];
  while (!reader.takeIf('}')) {
    matchers.push(parseMember(reader, regexes));
    if (!reader.isNext('}')) {
      reader.expect(',', CONTEXT, '"," or "}"');
    }
  }
  if (matchers.length > MATCHERS_MAX) {
    throw invalidQuery(from, `a selector has at most ${MATCHERS_MAX} matchers`);
  }
  return matchers;
}

/** Parses a selector without its modifiers: `foo`, `foo{a="b"}`, `{"foo", a="b"}`. */
export function parseSelector(reader: TokenReader, regexes: RegexBudget): VectorSelector {
  const { from } = reader.peek();
  const name = reader.isNext('{') ? undefined : reader.take().text;
  const matchers = reader.isNext('{') ? parseBraces(reader, regexes) : [];
  return {
    kind: 'vector-selector',
    name,
    matchers: name === undefined ? matchers : [{ name: NAME, op: '=', value: name }, ...matchers],
    offset: undefined,
    at: undefined,
    extension: undefined,
    source: { from, to: reader.end },
  };
}
