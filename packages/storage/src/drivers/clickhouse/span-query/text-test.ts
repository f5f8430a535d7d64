import type { SpanComparisonOperator, SpanFieldValue } from '@aegisguard/model';
import { LEAF_KINDS, type LeafKind } from '../leaf-kind.ts';
import { plainAlternatives, wholeTextPattern } from '../re2-pattern.ts';
import { containsPatternLiteral, int64Literal, textLiteral } from '../sql-literal.ts';

/** What is asked of a text in SQL. */
export interface TextTest {
  /** The texts of which it must be one; absent when they are not so few. */
  readonly equals?: readonly string[];
  /** The condition on an expression of type String. */
  readonly sql: (text: string) => string;
  /** As in `Approximation`. */
  readonly isExact: boolean;
}

/** A comparison; `field` is left of the operator. */
export interface Comparison {
  readonly op: SpanComparisonOperator;
  readonly value: SpanFieldValue;
}

/** More alternatives of a regular expression than that are an expression again. */
const ALTERNATIVES_MAX = 50;
const ALWAYS: TextTest = { sql: () => '1', isExact: true };
const MAYBE: TextTest = { sql: () => '1', isExact: false };

/** What a comparison asks of the text of a value of some kind; undefined where it is never true. */
export function textTest(comparison: Comparison, kind: LeafKind): TextTest | undefined {
  const { op, value } = comparison;
  switch (kind) {
    case LEAF_KINDS.string:
      return typeof value === 'string' ? stringTest(op, value) : undefined;
    case LEAF_KINDS.escaped:
      return typeof value === 'string' ? escapedTest(op, value) : undefined;
    case LEAF_KINDS.number:
    case LEAF_KINDS.negativeZero:
      return typeof value === 'number' || typeof value === 'bigint' ? numberTest(op, value) : undefined;
    case LEAF_KINDS.boolean:
      return typeof value === 'boolean' ? booleanTest(op, value) : undefined;
    default:
      return arrayTest(op, value);
  }
}

/** What a comparison asks of a text. */
export function stringTest(op: SpanComparisonOperator, value: string): TextTest | undefined {
  if (!value.isWellFormed()) {
    // What is stored as text is well-formed.
    return op === '=' ? undefined : op === '!=' ? ALWAYS : MAYBE;
  }
  if (op === '=~' || op === '!~') {
    return regexTest(op, value);
  }
  return orderTest(op, textLiteral(value), value);
}

function regexTest(op: '=~' | '!~', expression: string): TextTest {
  const alternatives = plainAlternatives(expression);
  if (alternatives !== undefined && alternatives.length <= ALTERNATIVES_MAX) {
    const list = alternatives.map(textLiteral).join(', ');
    return op === '=~'
      ? { equals: alternatives, sql: (text) => `${text} IN (${list})`, isExact: true }
      : { sql: (text) => `${text} NOT IN (${list})`, isExact: true };
  }
  const pattern = textLiteral(wholeTextPattern(expression));
  return { sql: (text) => `${op === '=~' ? '' : 'NOT '}match(${text}, ${pattern})`, isExact: true };
}

/** Texts of UTF-8 are in the order of their code points. */
function orderTest(op: Exclude<SpanComparisonOperator, '=~' | '!~'>, literal: string, value: string): TextTest {
  return { ...(op === '=' ? { equals: [value] } : {}), sql: (text) => `${text} ${op} ${literal}`, isExact: true };
}

/** The text is JSON of a string that is not well-formed. */
function escapedTest(op: SpanComparisonOperator, value: string): TextTest | undefined {
  if (value.isWellFormed() && (op === '=' || op === '!=')) {
    return op === '=' ? undefined : ALWAYS;
  }
  return MAYBE;
}

function booleanTest(op: SpanComparisonOperator, value: boolean): TextTest | undefined {
  // 'false' < 'true', as texts, too.
  return op === '=~' || op === '!~' ? undefined : orderTest(op, `'${value}'`, String(value));
}

/** A number's text is JavaScript's, so equal numbers have equal texts. */
function numberTest(op: SpanComparisonOperator, value: number | bigint): TextTest | undefined {
  if (op === '=~' || op === '!~') {
    return undefined;
  }
  const number = Number(value);
  const same = Number.isFinite(number) && (typeof value === 'number' || BigInt(number) === value);
  if (op === '=' || op === '!=') {
    return same ? orderTest(op, `'${String(number + 0)}'`, String(number + 0)) : op === '=' ? undefined : ALWAYS;
  }
  if (Number.isNaN(number)) {
    return undefined;
  }
  const isNear = typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
  const literal = isNear ? int64Literal(value) : `toFloat64('${number}')`;
  return { sql: (text) => `toFloat64OrNull(${text}) ${op} ${literal}`, isExact: typeof value === 'number' || isNear };
}

/** The text is JSON of an array (or of an object too deep to be looked into). */
function arrayTest(op: SpanComparisonOperator, value: SpanFieldValue): TextTest {
  return op === '=' && typeof value === 'string'
    ? { sql: (text) => `${text} LIKE ${containsPatternLiteral(JSON.stringify(value))}`, isExact: false }
    : MAYBE;
}
