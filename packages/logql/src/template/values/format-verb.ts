// The verbs of Go's fmt: https://pkg.go.dev/fmt

import { GoTime } from '../time/go-time.ts';
import { formatExponent, formatFixed, formatGeneral } from './format-float.ts';
import { describeRune, quote, quoteRune, quoteToAscii } from './quote.ts';
import { StringMap } from './string-map.ts';
import { TypedInteger } from './typed-integer.ts';
import { entriesOf, isList, typeName, type Value } from './value.ts';

/** `%[flags][width][.precision]verb` */
export interface Directive {
  readonly verb: string;
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** Told how much padding comes, before it is made, so that it can throw. */
  readonly charge?: (length: number) => void;
}

/** What backticks can hold. */
const RAW = /^[^`\p{Cc}\ufeff]*$/u;
const RUNE_MAX = 0x10_ff_ff;
/** Values within values; JSON of a line may be deeper, which nobody prints. */
const DEPTH_MAX = 100;
const BASES: ReadonlyMap<string, number> = new Map([
  ['v', 10],
  ['d', 10],
  ['b', 2],
  ['o', 8],
  ['O', 8],
  ['x', 16],
  ['X', 16],
]);

export const PLAIN: Directive = {
  verb: 'v',
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
};

function characterCount(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      count--;
    }
  }
  return count;
}

/** Brings a text to its width, which counts characters. */
function pad(text: string, { width, minus, zero, charge }: Directive): string {
  const missing = (width ?? 0) - characterCount(text);
  if (missing <= 0) {
    return text;
  }
  charge?.(missing);
  return minus ? text + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + text;
}

function badVerb(value: Value, { verb }: Directive, depth: number): string {
  if (value === null || value === undefined) {
    return `%!${verb}(<nil>)`;
  }
  return `%!${verb}(${typeName(value)}=${formatNested(value, PLAIN, depth)})`;
}

function formatBoolean(value: boolean, directive: Directive, depth: number): string {
  return directive.verb === 't' || directive.verb === 'v'
    ? pad(String(value), directive)
    : badVerb(value, directive, depth);
}

function characterOf(code: bigint): string {
  const isCharacter = code >= 0n && code <= RUNE_MAX && !(code >= 0xd800n && code <= 0xdfffn);
  return isCharacter ? String.fromCodePoint(Number(code)) : '\ufffd';
}

function prefixOf({ verb, sharp }: Directive, digits: string): string {
  if (verb === 'O') {
    return '0o';
  }
  if (!sharp) {
    return '';
  }
  switch (verb) {
    case 'b':
      return '0b';
    case 'o':
      return digits.startsWith('0') ? '' : '0';
    case 'x':
    case 'X':
      return `0${verb}`;
    default:
      return '';
  }
}

function formatDigits(integer: bigint, base: number, directive: Directive): string {
  const { plus, space, zero, minus, width, precision, charge } = directive;
  const blank = { ...directive, zero: false };
  if (precision === 0 && integer === 0n) {
    return pad('', blank);
  }
  const isNegative = integer < 0n;
  const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  const lower = (isNegative ? -integer : integer).toString(base);
  const digits = directive.verb === 'X' ? lower.toUpperCase() : lower;
  const length = precision ?? (zero && !minus ? (width ?? 0) - sign.length : 0);
  charge?.(Math.max(length, 0));
  const padded = digits.padStart(length, '0');
  return pad(sign + prefixOf(directive, padded) + padded, blank);
}

function formatInteger(value: Value, integer: bigint, directive: Directive, depth: number): string {
  const { verb, sharp } = directive;
  const base = BASES.get(verb);
  if (base !== undefined) {
    return formatDigits(integer, base, directive);
  }
  switch (verb) {
    case 'c':
      return pad(characterOf(integer), directive);
    case 'q':
      return pad(quoteRune(characterOf(integer)), directive);
    case 'U': {
      const described = describeRune(characterOf(integer));
      return pad(sharp ? described : (described.split(' ')[0] ?? ''), { ...directive, zero: false });
    }
    default:
      return badVerb(value, directive, depth);
  }
}

function floatDigits(value: number, { verb, precision }: Directive): string | undefined {
  switch (verb) {
    case 'v':
    case 'g':
      return formatGeneral(value, precision);
    case 'G':
      return formatGeneral(value, precision).toUpperCase();
    case 'f':
    case 'F':
      return formatFixed(value, precision ?? 6);
    case 'e':
      return formatExponent(value, precision ?? 6);
    case 'E':
      return formatExponent(value, precision ?? 6).toUpperCase();
    default:
      return;
  }
}

function formatFloat(value: number, directive: Directive, depth: number): string {
  const { plus, space, zero, minus, width, charge } = directive;
  charge?.(width ?? 0);
  const digits = floatDigits(value, directive);
  if (digits === undefined) {
    return badVerb(value, directive, depth);
  }
  if (!Number.isFinite(value)) {
    return pad(Number.isNaN(value) && (plus || space) ? `+${digits}` : digits, { ...directive, zero: false });
  }
  const isNegative = digits.startsWith('-');
  const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  const magnitude = isNegative ? digits.slice(1) : digits;
  return zero && !minus ? sign + magnitude.padStart((width ?? 0) - sign.length, '0') : pad(sign + magnitude, directive);
}

function truncate(text: string, precision: number | undefined): string {
  if (precision === undefined || text.length <= precision) {
    return text;
  }
  let end = 0;
  for (let count = 0; count < precision && end < text.length; count++) {
    end += (text.codePointAt(end) ?? 0) > 0xff_ff ? 2 : 1;
  }
  return text.slice(0, end);
}

function formatHex(text: string, { verb, sharp, space, precision }: Directive): string {
  const bytes = Buffer.from(text).subarray(0, precision);
  const digits = verb === 'X' ? bytes.toString('hex').toUpperCase() : bytes.toString('hex');
  const prefix = sharp && digits !== '' ? `0${verb}` : '';
  return space ? digits.replace(/..(?!$)/g, sharp ? `$& ${prefix}` : '$& ').replace(/^/, prefix) : prefix + digits;
}

function formatText(text: string, directive: Directive, depth: number): string {
  const { verb, sharp, plus, precision } = directive;
  switch (verb) {
    case 'v':
      return pad(sharp ? quote(text) : truncate(text, precision), directive);
    case 's':
      return pad(truncate(text, precision), directive);
    case 'x':
    case 'X':
      return pad(formatHex(text, directive), directive);
    case 'q': {
      const kept = truncate(text, precision);
      const isRaw = sharp && RAW.test(kept);
      return pad(isRaw ? `\`${kept}\`` : plus ? quoteToAscii(kept) : quote(kept), directive);
    }
    default:
      return badVerb(text, directive, depth);
  }
}

function formatNested(value: Value, directive: Directive, depth: number): string {
  if (depth > DEPTH_MAX) {
    return '...';
  }
  switch (typeof value) {
    case 'string':
      return formatText(value, directive, depth);
    case 'boolean':
      return formatBoolean(value, directive, depth);
    case 'bigint':
      return formatInteger(value, value, directive, depth);
    case 'number':
      return formatFloat(value, directive, depth);
    default:
  }
  if (value === null || value === undefined) {
    const isShown = directive.verb === 'v' || depth > 0;
    return isShown ? pad(directive.sharp ? 'interface {}(nil)' : '<nil>', directive) : badVerb(value, directive, depth);
  }
  if (value instanceof TypedInteger) {
    return formatInteger(value, value.value, directive, depth);
  }
  if (value instanceof GoTime) {
    return 'vsxXq'.includes(directive.verb)
      ? formatText(value.toString(), { ...directive, sharp: false }, depth)
      : badVerb(value, directive, depth);
  }
  const isSyntax = directive.sharp && directive.verb === 'v';
  if (isList(value)) {
    const items = value.map((item) => formatNested(item, directive, depth + 1));
    return isSyntax ? `[]interface {}{${items.join(', ')}}` : `[${items.join(' ')}]`;
  }
  const entries = entriesOf(value).map(
    ([name, member]) => `${formatText(name, directive, depth + 1)}:${formatNested(member, directive, depth + 1)}`,
  );
  const type = value instanceof StringMap ? 'map[string]string' : 'map[string]interface {}';
  return isSyntax ? `${type}{${entries.join(', ')}}` : `map[${entries.join(' ')}]`;
}

/** A value as a directive of `printf` writes it. */
export function formatVerb(value: Value, directive: Directive): string {
  if (directive.verb === 'T') {
    return pad(typeName(value ?? undefined), directive);
  }
  return formatNested(value, directive, 0);
}

/** `%v` of a value. */
export function formatPlain(value: Value): string {
  return typeof value === 'string' ? value : formatNested(value, PLAIN, 0);
}
