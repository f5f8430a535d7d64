// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/#value-types-and-literals
import { SPAN_KINDS, SPAN_STATUSES } from '@aegisguard/model';
import type { NumericValue, StaticExpression, StaticValue } from '../ast/field-expression.ts';
import { INT_MAX, INT_MIN } from '../lex/read-number.ts';
import type { TokenReader } from './token-reader.ts';

/** Words that are values. */
export const VALUE_WORDS: ReadonlyMap<string, StaticValue> = new Map<string, StaticValue>([
  ['true', { type: 'boolean', value: true }],
  ['false', { type: 'boolean', value: false }],
  ['nil', { type: 'nil' }],
  ['minInt', { type: 'int', value: INT_MIN }],
  ['maxInt', { type: 'int', value: INT_MAX }],
  ...SPAN_STATUSES.map((value) => [value, { type: 'status', value }] as const),
  ...SPAN_KINDS.map((value) => [value, { type: 'kind', value }] as const),
]);

/** The number with the other sign. */
export function negate(value: NumericValue): NumericValue {
  return value.type === 'float'
    ? { type: 'float', value: -value.value }
    : { type: value.type, value: BigInt.asIntN(64, -value.value) };
}

/** True for values that have a sign. */
export function isNumeric(value: StaticValue): value is NumericValue {
  return value.type === 'int' || value.type === 'float' || value.type === 'duration';
}

/** Takes the value that comes next, without a sign; undefined when something else comes. */
export function takeStatic(tokens: TokenReader): StaticExpression | undefined {
  const token = tokens.peek();
  const value =
    token.kind === 'number'
      ? token.value
      : token.kind === 'string'
        ? ({ type: 'string', value: token.value } as const)
        : token.kind === 'word'
          ? VALUE_WORDS.get(token.text)
          : undefined;
  if (value === undefined) {
    return undefined;
  }
  tokens.take();
  tokens.countPart();
  return { kind: 'static', value, at: token.at };
}

/** Parses a number with or without a minus; `wanted` says what it is for. */
export function parseNumeric(tokens: TokenReader, wanted: string): NumericValue {
  const isMinus = tokens.takeIf('-');
  const token = tokens.peek();
  const value = token.kind === 'number' ? token.value : token.kind === 'word' ? VALUE_WORDS.get(token.text) : undefined;
  if (value === undefined || !isNumeric(value)) {
    tokens.fail(wanted);
  }
  tokens.take();
  tokens.countPart();
  return isMinus ? negate(value) : value;
}
