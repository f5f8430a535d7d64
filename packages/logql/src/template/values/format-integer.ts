// Verbs for integers: https://pkg.go.dev/fmt

import { type Directive, pad } from './directive.ts';
import { isPrintable, quoteRune } from './quote.ts';

const RUNE_MAX = 0x10_ff_ff;
const BASES: ReadonlyMap<string, number> = new Map([
  ['v', 10],
  ['d', 10],
  ['b', 2],
  ['o', 8],
  ['O', 8],
  ['x', 16],
  ['X', 16],
]);

function characterOf(code: bigint): string {
  const isCharacter = code >= 0n && code <= RUNE_MAX && !(code >= 0xd800n && code <= 0xdfffn);
  return isCharacter ? String.fromCodePoint(Number(code)) : '\ufffd';
}

function prefixOf({ verb, sharp }: Directive, digits: string): string {
  const octal = sharp && !digits.startsWith('0') ? '0' : '';
  if (verb === 'O') {
    return `0o${octal}`;
  }
  if (!sharp) {
    return '';
  }
  switch (verb) {
    case 'b':
      return '0b';
    case 'o':
      return octal;
    case 'x':
    case 'X':
      return `0${verb}`;
    default:
      return '';
  }
}

function formatDigits(integer: bigint, base: number, directive: Directive): string {
  const { plus, space, zero, minus, width, precision, meter } = directive;
  const blank = { ...directive, zero: false };
  if (precision === 0 && integer === 0n) {
    return pad('', blank);
  }
  const isNegative = integer < 0n;
  const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  const lower = (isNegative ? -integer : integer).toString(base);
  const digits = directive.verb === 'X' ? lower.toUpperCase() : lower;
  const length = precision ?? (zero && !minus ? (width ?? 0) - sign.length : 0);
  meter.charge(Math.max(length, 0));
  const padded = digits.padStart(length, '0');
  return pad(sign + prefixOf(directive, padded) + padded, blank);
}

/** `U+0041`, and with `#` the character, if there is one that can be printed. */
function formatCode(integer: bigint, { sharp, precision, meter }: Directive): string {
  meter.charge(precision ?? 0);
  const digits = BigInt.asUintN(64, integer).toString(16).toUpperCase();
  const code = `U+${digits.padStart(Math.max(precision ?? 0, 4), '0')}`;
  const character = characterOf(integer);
  const isCharacter = character !== '\ufffd' || integer === 0xfffdn;
  return sharp && isCharacter && isPrintable(character) ? `${code} '${character}'` : code;
}

/** An integer; undefined for a verb that has none. */
export function formatInteger(integer: bigint, directive: Directive): string | undefined {
  const { verb, plus } = directive;
  const base = BASES.get(verb);
  if (base !== undefined) {
    return formatDigits(integer, base, directive);
  }
  switch (verb) {
    case 'c':
      return pad(characterOf(integer), directive);
    case 'q':
      return pad(quoteRune(characterOf(integer), plus), directive);
    case 'U':
      return pad(formatCode(integer, directive), { ...directive, zero: false });
    default:
      return;
  }
}
