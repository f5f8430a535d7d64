import { invalidQuery } from '@aegisguard/model';
import type { TokenReader } from './token-reader.ts';

/** Go's words for numbers that cannot be written; https://pkg.go.dev/strconv#ParseFloat. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['nan', Number.NaN],
]);

/** True when a number comes next, with or without a sign. */
export function isNumberNext(tokens: TokenReader): boolean {
  const { kind, text } = tokens.peek(tokens.isNext('-') || tokens.isNext('+') ? 1 : 0);
  return kind === 'number' || (kind === 'name' && WORDS.has(text.toLowerCase()));
}

/** Parses `1.5`, `-2`, `+Inf`: a sign belongs to the number behind it. `wanted` says what it is for. */
export function parseNumber(tokens: TokenReader, wanted: string): number {
  const sign = tokens.takeIf('-') ? -1 : 1;
  if (sign === 1) {
    tokens.takeIf('+');
  }
  const { kind, text, position } = tokens.peek();
  const word = kind === 'name' ? WORDS.get(text.toLowerCase()) : undefined;
  if (kind !== 'number' && word === undefined) {
    tokens.fail(wanted);
  }
  tokens.take();
  const value = word ?? Number(text);
  if (word === undefined && !Number.isFinite(value)) {
    throw invalidQuery(position, 'unable to parse literal as a float: value out of range');
  }
  return sign * value;
}
