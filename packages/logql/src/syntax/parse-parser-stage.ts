// https://grafana.com/docs/loki/latest/query/log_queries/#parser-expression
import { invalidQuery } from '@aegisguard/model';
import { parseJsonPath } from '../pipeline/json/json-path.ts';
import { parsePattern as patternParts } from '../pipeline/pattern/parse-pattern.ts';
import type { JsonStage, LabelExtraction, LogfmtStage, PatternStage, RegexpStage } from './ast/stage.ts';
import { atPosition } from './at-position.ts';
import { shorten, type Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LOGFMT_KEY = /^[^\s="]+$/;

/** Parses `a="b", c`, labels and where their values are, as far as they are there: `c` is short for `c="c"`. */
function parseExtractions(tokens: TokenReader, check: (expression: Token) => void): readonly LabelExtraction[] {
  if (tokens.peek().kind !== 'name') {
    return [];
  }
  return tokens.list(() => {
    const label = tokens.expect('name', 'a label name');
    const expression = tokens.takeIf('=') ? tokens.expectText(`with the place of ${label.text}`) : label;
    check(expression);
    return { label: label.text, expression: expression.text };
  }, 'labels');
}

/** Parses what stands behind `json`. */
export function parseJson(tokens: TokenReader): JsonStage {
  const extractions = parseExtractions(tokens, ({ text, position }) => {
    atPosition(position, () => parseJsonPath(text));
  });
  return { kind: 'json', extractions };
}

/** Parses what stands behind `logfmt`. */
export function parseLogfmt(tokens: TokenReader): LogfmtStage {
  let isStrict = false;
  let keepsEmpty = false;
  while (tokens.peek().kind === 'flag') {
    if (tokens.takeIf('--strict')) {
      isStrict = true;
    } else if (tokens.takeIf('--keep-empty')) {
      keepsEmpty = true;
    } else {
      tokens.fail('--strict or --keep-empty');
    }
  }
  const extractions = parseExtractions(tokens, ({ text, position }) => {
    if (!LOGFMT_KEY.test(text)) {
      throw invalidQuery(position, `cannot parse expression [${shorten(text)}]: a key has no blanks, quotes or "="`);
    }
  });
  return { kind: 'logfmt', isStrict, keepsEmpty, extractions };
}

/** Parses what stands behind `regexp`. */
export function parseRegexp(tokens: TokenReader): RegexpStage {
  const expression = tokens.expectText('after regexp');
  const names = Object.keys(tokens.compile(expression).namedGroups());
  if (names.length === 0) {
    throw invalidQuery(expression.position, 'at least one named capture must be supplied');
  }
  const wrong = names.find((name) => !LABEL.test(name));
  if (wrong !== undefined) {
    throw invalidQuery(expression.position, `invalid extracted label name '${wrong}'`);
  }
  return { kind: 'regexp', expression: expression.text };
}

/** Parses what stands behind `pattern`. */
export function parsePattern(tokens: TokenReader): PatternStage {
  const { text: expression, position } = tokens.expectText('after pattern');
  const parts = atPosition(position, () => patternParts(expression));
  const names = parts.flatMap((part) => (part.kind === 'capture' && part.name !== '_' ? [part.name] : []));
  if (names.length === 0) {
    throw invalidQuery(position, 'at least one capture is required');
  }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    throw invalidQuery(position, `duplicate capture name (${twice}): invalid expression`);
  }
  return { kind: 'pattern', expression };
}
