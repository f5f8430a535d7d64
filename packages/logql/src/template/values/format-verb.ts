// The verbs of Go's fmt: https://pkg.go.dev/fmt

import { GoTime } from '../time/go-time.ts';
import { type Directive, pad, plainDirective, truncate } from './directive.ts';
import { formatFloat } from './format-float-verb.ts';
import { formatInteger } from './format-integer.ts';
import type { Meter } from './meter.ts';
import { quote, quoteToAscii } from './quote.ts';
import type { StringMap } from './string-map.ts';
import { TypedInteger } from './typed-integer.ts';
import { isList, keysOf, type ListValue, memberOf, type ObjectValue, typeName, type Value } from './value.ts';

/** What backticks can hold. */
const RAW = /^[^`\p{Cc}\ufeff]*$/u;
/** Values within values; JSON of a line may be deeper, which nobody prints. */
const DEPTH_MAX = 100;
/** What a value within a list or a map costs, in characters. */
const VALUE_COST = 32;

/** What a verb cannot show is shown with the flags all the same. */
function badVerb(value: Value, directive: Directive, depth: number): string {
  const { verb } = directive;
  if (value === null || value === undefined) {
    return `%!${verb}(<nil>)`;
  }
  return `%!${verb}(${typeName(value)}=${formatNested(value, { ...directive, verb: 'v', sharp: false }, depth)})`;
}

function formatBoolean(value: boolean, directive: Directive, depth: number): string {
  return directive.verb === 't' || directive.verb === 'v'
    ? pad(String(value), directive)
    : badVerb(value, directive, depth);
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
      return pad(sharp ? quote(truncate(text, precision)) : truncate(text, precision), directive);
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

function formatNil(directive: Directive, depth: number): string {
  const isShown = directive.verb === 'v' || depth > 0;
  return isShown
    ? pad(directive.sharp ? 'interface {}(nil)' : '<nil>', directive)
    : badVerb(undefined, directive, depth);
}

function formatTime(time: GoTime, directive: Directive, depth: number): string {
  return 'vsxXq'.includes(directive.verb)
    ? formatText(time.toString(), { ...directive, sharp: false }, depth)
    : badVerb(time, directive, depth);
}

function formatList(list: ListValue, directive: Directive, depth: number): string {
  const items = list.map((item) => formatNested(item, directive, depth + 1));
  return isSyntax(directive) ? `[]interface {}{${items.join(', ')}}` : `[${items.join(' ')}]`;
}

function formatMap(map: StringMap | ObjectValue, directive: Directive, depth: number): string {
  const entries = keysOf(map).map(
    (name) => `${formatText(name, directive, depth + 1)}:${formatNested(memberOf(map, name), directive, depth + 1)}`,
  );
  return isSyntax(directive) ? `${typeName(map)}{${entries.join(', ')}}` : `map[${entries.join(' ')}]`;
}

/** `%#v` is Go's own syntax. */
function isSyntax({ sharp, verb }: Directive): boolean {
  return sharp && verb === 'v';
}

/** What is in a list or a map is written with the directive of the whole. */
function formatNested(value: Value, directive: Directive, depth: number): string {
  if (depth > 0) {
    directive.meter.charge(VALUE_COST);
  }
  if (depth > DEPTH_MAX) {
    return '...';
  }
  switch (typeof value) {
    case 'string':
      return formatText(value, directive, depth);
    case 'boolean':
      return formatBoolean(value, directive, depth);
    case 'bigint':
      return formatInteger(value, directive) ?? badVerb(value, directive, depth);
    case 'number':
      return formatFloat(value, directive) ?? badVerb(value, directive, depth);
    default:
  }
  if (value === null || value === undefined) {
    return formatNil(directive, depth);
  }
  if (value instanceof TypedInteger) {
    return formatInteger(value.value, directive) ?? badVerb(value, directive, depth);
  }
  if (value instanceof GoTime) {
    return formatTime(value, directive, depth);
  }
  return isList(value) ? formatList(value, directive, depth) : formatMap(value, directive, depth);
}

/** A value as a directive of `printf` writes it. */
export function formatVerb(value: Value, directive: Directive): string {
  if (directive.verb === 'T') {
    const isNil = value === null || value === undefined;
    return pad(isNil ? '<nil>' : truncate(typeName(value), directive.precision), directive);
  }
  return formatNested(value, directive, 0);
}

/** `%v` of a value. */
export function formatPlain(value: Value, meter: Meter): string {
  return typeof value === 'string' ? value : formatNested(value, plainDirective(meter), 0);
}
