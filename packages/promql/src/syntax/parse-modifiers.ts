// What stands behind a selector or a subquery: https://prometheus.io/docs/prometheus/latest/querying/basics/#modifiers
import { invalidQuery } from '@aegisguard/model';
import type { Expression } from './ast/expression.ts';
import type { MatrixSelector } from './ast/matrix-selector.ts';
import type { Subquery } from './ast/subquery.ts';
import type { AtModifier, RangeExtension, VectorSelector } from './ast/vector-selector.ts';
import { parseOffsetDuration, parsePositiveDuration } from './parse-duration.ts';
import { parseNumber } from './parse-number.ts';
import type { TokenReader } from './token-reader.ts';

const MS_PER_SECOND = 1000;
/** Unix ms at most this far from 1970 are times: they have exact ms. */
const TIME_MAX_MS = Number.MAX_SAFE_INTEGER;

type Modified = VectorSelector | MatrixSelector | Subquery;
type Times = Partial<Pick<VectorSelector, 'offset' | 'at'>>;

function isModified(expression: Expression): expression is Modified {
  return ['vector-selector', 'matrix-selector', 'subquery'].includes(expression.kind);
}

/** Puts a modifier where the node keeps it: that of a range selector is in the selector. */
function modify(expression: Modified, change: Times, to: number): Expression {
  const source = { from: expression.source.from, to };
  return expression.kind === 'matrix-selector'
    ? { ...expression, selector: { ...expression.selector, ...change }, source }
    : { ...expression, ...change, source };
}

function timesOf(expression: Modified): Times {
  return expression.kind === 'matrix-selector' ? expression.selector : expression;
}

function parseOffset(reader: TokenReader, expression: Expression): Expression {
  reader.take();
  const offset = parseOffsetDuration(reader);
  const { from } = expression.source;
  if (!isModified(expression)) {
    throw invalidQuery(
      from,
      'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    );
  }
  if (timesOf(expression).offset !== undefined) {
    throw invalidQuery(from, 'offset may not be set multiple times');
  }
  const isNothing = offset.kind === 'duration' && offset.ms === 0;
  return modify(expression, { offset: isNothing ? undefined : offset }, reader.end);
}

function parseTime(reader: TokenReader, position: number): AtModifier {
  const isMinus = reader.isNext('-');
  if (isMinus || reader.isNext('+')) {
    reader.take();
  }
  const { kind } = reader.peek();
  if (kind !== 'number' && kind !== 'duration') {
    reader.unexpected('@', 'timestamp');
  }
  const seconds = (isMinus ? -1 : 1) * parseNumber(reader.take());
  const ms = Math.round(seconds * MS_PER_SECOND) + 0;
  if (!(Math.abs(ms) <= TIME_MAX_MS)) {
    throw invalidQuery(position, `timestamp out of bounds for @ modifier: ${seconds.toFixed(6)}`);
  }
  return ms;
}

function parseAt(reader: TokenReader, expression: Expression): Expression {
  reader.take();
  const { from } = expression.source;
  let at: AtModifier;
  if (reader.isNext('start') || reader.isNext('end')) {
    at = reader.take().word === 'start' ? 'start' : 'end';
    reader.expect('(', '@', 'timestamp');
    reader.expect(')', '@', 'timestamp');
  } else {
    at = parseTime(reader, from);
  }
  if (!isModified(expression)) {
    throw invalidQuery(
      from,
      '@ modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    );
  }
  if (timesOf(expression).at !== undefined) {
    throw invalidQuery(from, '@ <timestamp> may not be set multiple times');
  }
  return modify(expression, { at }, reader.end);
}

function parseExtension(reader: TokenReader, expression: Expression): Expression {
  const extension: RangeExtension = reader.take().word === 'anchored' ? 'anchored' : 'smoothed';
  const { from } = expression.source;
  if (expression.kind === 'subquery') {
    throw invalidQuery(from, `${extension} modifier is not supported for subqueries`);
  }
  if (!isModified(expression)) {
    throw invalidQuery(from, `${extension} modifier not implemented`);
  }
  const selector = expression.kind === 'matrix-selector' ? expression.selector : expression;
  if (selector.extension !== undefined && selector.extension !== extension) {
    throw invalidQuery(from, 'anchored and smoothed modifiers cannot be used together');
  }
  const source = { from, to: reader.end };
  return expression.kind === 'matrix-selector'
    ? { ...expression, selector: { ...selector, extension }, source }
    : { ...expression, extension, source };
}

/** `[5m]` or `[30m:1m]`. */
function parseBrackets(reader: TokenReader, expression: Expression): Expression {
  const open = reader.take();
  const range = parsePositiveDuration(reader, 'subquery or range selector');
  const { from } = expression.source;
  if (reader.takeIf(':')) {
    const step = reader.isNext(']')
      ? undefined
      : parsePositiveDuration(reader, 'subquery selector', 'number, duration, step(), range(), or "]"');
    const { to } = reader.expect(']', 'subquery selector', '"]"');
    return { kind: 'subquery', expression, range, step, offset: undefined, at: undefined, source: { from, to } };
  }
  const { to } = reader.expect(']', 'subquery or range', '":" or "]"');
  if (expression.kind !== 'vector-selector') {
    throw invalidQuery(open.from, 'ranges only allowed for vector selectors');
  }
  if (expression.offset !== undefined) {
    throw invalidQuery(open.from, 'no offset modifiers allowed before range');
  }
  if (expression.at !== undefined) {
    throw invalidQuery(open.from, 'no @ modifiers allowed before range');
  }
  return { kind: 'matrix-selector', selector: expression, range, source: { from, to } };
}

const PARSERS: Readonly<Record<string, (reader: TokenReader, expression: Expression) => Expression>> = {
  '[': parseBrackets,
  '@': parseAt,
  offset: parseOffset,
  anchored: parseExtension,
  smoothed: parseExtension,
};

/** Parses all that stands behind an operand: ranges, subqueries, `offset`, `@`, `anchored`, `smoothed`. */
export function parseModifiers(reader: TokenReader, operand: Expression): Expression {
  let expression = operand;
  for (;;) {
    const { kind, word } = reader.peek();
    const parse = kind === 'symbol' || kind === 'keyword' ? PARSERS[word] : undefined;
    if (parse === undefined) {
      return expression;
    }
    expression = parse(reader, expression);
  }
}
