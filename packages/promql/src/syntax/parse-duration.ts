// https://prometheus.io/docs/prometheus/latest/feature_flags/#promql-duration-expressions
import { invalidQuery } from '@aegisguard/model';
import type { DurationExpression } from './ast/duration-expression.ts';
import { DURATION_MAX_SECONDS, parseDurationMs, parseNumber } from './parse-number.ts';
import type { Token } from './token.ts';
import type { TokenReader } from './token-reader.ts';

type Operator = Extract<DurationExpression, { kind: 'duration-operation' }>['op'];

/** The strength of the operators; a sign binds like a multiplication. */
const STRENGTHS: ReadonlyMap<string, number> = new Map([
  ['+', 1],
  ['-', 1],
  ['*', 2],
  ['/', 2],
  ['%', 2],
  ['^', 3],
]);
const SIGN_STRENGTH = 2;
/** In one duration; the tree leans to the left and may get so deep. */
const OPERATORS_MAX = 200;
const EXPECTED = 'number, duration, step(), or range()';
const MS_PER_SECOND = 1000;
const HALF_NANO_MS = 5e-7;
const PRECISION = 2 ** -50;
const NANOS_PER_MS = 1e6;

/** Words of the error when no duration stands here. */
interface Place {
  readonly context: string;
  readonly expected: string;
}

/** Parses the duration of a range, a subquery's step or an offset. */
class DurationParser {
  readonly #reader: TokenReader;
  readonly #place: Place;
  #operators = 0;

  constructor(reader: TokenReader, place: Place) {
    this.#reader = reader;
    this.#place = place;
  }

  expression(strengthMin = 1): DurationExpression {
    return this.#reader.nested(() => this.#operations(this.#operand(), strengthMin));
  }

  /** What may stand behind `offset`: operators behind a number belong to the query, unless the duration begins with a parenthesis. */
  offset(): DurationExpression {
    const reader = this.#reader;
    if (reader.isNext('(')) {
      return this.expression();
    }
    if (!this.#isSignNext()) {
      return this.#operand();
    }
    if (['+', '-'].some((sign) => reader.isNext(sign, 1))) {
      return this.expression();
    }
    const sign = reader.take();
    return this.#signed(sign.text, sign.from, this.#operand());
  }

  #operations(first: DurationExpression, strengthMin: number): DurationExpression {
    let left = first;
    for (;;) {
      const token = this.#reader.peek();
      const strength = token.kind === 'symbol' ? STRENGTHS.get(token.text) : undefined;
      if (strength === undefined || strength < strengthMin) {
        return left;
      }
      this.#countOperator();
      this.#reader.take();
      const op = token.text as Operator;
      const right = this.expression(op === '^' ? strength : strength + 1);
      if ((op === '/' || op === '%') && right.kind === 'duration' && right.ms === 0) {
        throw invalidQuery(token.from, op === '/' ? 'division by zero' : 'modulo by zero');
      }
      left = { kind: 'duration-operation', op, left, right, source: { from: left.source.from, to: right.source.to } };
    }
  }

  #countOperator(): void {
    this.#operators += 1;
    if (this.#operators > OPERATORS_MAX) {
      throw invalidQuery(this.#reader.peek().from, `a duration has at most ${OPERATORS_MAX} operators`);
    }
  }

  #operand(): DurationExpression {
    const reader = this.#reader;
    const token = reader.peek();
    if (this.#isSignNext()) {
      reader.take();
      return this.#signed(token.text, token.from, this.expression(SIGN_STRENGTH + 1));
    }
    if (token.kind === 'number' || token.kind === 'duration') {
      return literal(reader.take());
    }
    if (reader.takeIf('(')) {
      const operand = this.expression();
      const { to } = reader.expect(')', this.#place.context, this.#place.expected);
      return { kind: 'duration-parentheses', operand, source: { from: token.from, to } };
    }
    return this.#call();
  }

  /** `step()`, `range()`, `min_of(a, b)`, `max_of(a, b)`. */
  #call(): DurationExpression {
    const reader = this.#reader;
    const { context, expected } = this.#place;
    const { kind, word, from } = reader.peek();
    const isOfQuery = word === 'step' || word === 'range';
    if (kind !== 'keyword' || !(isOfQuery || word === 'min_of' || word === 'max_of')) {
      reader.unexpected(context, expected);
    }
    reader.take();
    reader.expect('(', context, expected);
    if (isOfQuery) {
      const { to } = reader.expect(')', context, expected);
      return { kind: 'duration-of-query', name: word, source: { from, to } };
    }
    const first = this.expression();
    reader.expect(',', context, expected);
    const second = this.expression();
    const { to } = reader.expect(')', context, expected);
    const name = word === 'min_of' ? 'min' : 'max';
    return { kind: 'duration-call', name, arguments: [first, second], source: { from, to } };
  }

  #isSignNext(): boolean {
    return this.#reader.isNext('+') || this.#reader.isNext('-');
  }

  /** A plus changes nothing, and a minus before a literal makes it negative. */
  #signed(op: string, from: number, operand: DurationExpression): DurationExpression {
    const source = { from, to: operand.source.to };
    if (op === '+') {
      return { ...operand, source };
    }
    return operand.kind === 'duration'
      ? { ...operand, ms: -operand.ms, source }
      : { kind: 'duration-sign', op: '-', operand, source };
  }
}

/** Seconds in ms, to the ns: without what multiplying a fraction adds. */
function toMs(seconds: number): number {
  const ms = seconds * MS_PER_SECOND;
  const whole = Math.round(ms);
  const noise = Math.max(HALF_NANO_MS, ms * PRECISION);
  return Math.abs(ms - whole) <= noise ? whole : Math.round(ms * NANOS_PER_MS) / NANOS_PER_MS;
}

function literal(token: Token): DurationExpression {
  const { from, to } = token;
  const isNumber = token.kind === 'number';
  const seconds = isNumber ? parseNumber(token) : 0;
  if (!(seconds <= DURATION_MAX_SECONDS)) {
    throw invalidQuery(from, 'duration out of range');
  }
  return { kind: 'duration', ms: isNumber ? toMs(seconds) : parseDurationMs(token), isNumber, source: { from, to } };
}

/** That a duration alone was written as a number is forgotten, as it is printed with units; unless it has no whole ms. */
function forgetNumber(duration: DurationExpression): DurationExpression {
  return duration.kind === 'duration' && Number.isInteger(duration.ms) ? { ...duration, isNumber: false } : duration;
}

/** Parses a range or a subquery's step. Only literals are known to be positive yet. */
export function parsePositiveDuration(reader: TokenReader, context: string, expected = EXPECTED): DurationExpression {
  const duration = new DurationParser(reader, { context, expected }).expression();
  if (duration.kind === 'duration' && duration.ms <= 0) {
    throw invalidQuery(duration.source.from, 'duration must be greater than 0');
  }
  return forgetNumber(duration);
}

/** Parses what stands behind `offset`. */
export function parseOffsetDuration(reader: TokenReader): DurationExpression {
  return forgetNumber(new DurationParser(reader, { context: 'offset', expected: EXPECTED }).offset());
}
