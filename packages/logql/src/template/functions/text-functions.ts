// The functions for texts that LogQL has: https://grafana.com/docs/loki/latest/query/template_functions/#string-manipulation

import { FunctionError, type ParameterType, type TemplateFunction } from '../execute/template-function.ts';
import type { Meter } from '../values/meter.ts';
import type { Value } from '../values/value.ts';
import { lower, titleCase, trimCharacters, trimSpace, upper } from './letter-case.ts';

type TextFunction = TemplateFunction<unknown>;

/** A function of texts alone. */
function ofTexts(count: number, call: (...texts: string[]) => Value): TextFunction {
  const parameters: ParameterType[] = Array.from({ length: count }, () => 'string');
  return { parameters, call: (args) => call(...args.map(String)) };
}

/** A function of an integer and the text behind it. */
function ofCount(call: (count: number, text: string, meter: Meter) => string): TextFunction {
  return { parameters: ['int', 'string'], call: ([count, text], meter) => call(Number(count), String(text), meter) };
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** Bytes of a text; half a character becomes U+FFFD. */
function sliceBytes(text: string, start: number, end: number): string {
  return isAscii(text) ? text.slice(start, end) : Buffer.from(text).subarray(start, end).toString();
}

function truncate(count: number, text: string): string {
  const length = Buffer.byteLength(text);
  if (count < 0) {
    return length + count > 0 ? sliceBytes(text, length + count, length) : text;
  }
  return length > count ? sliceBytes(text, 0, count) : text;
}

/** Out of range, Go's runtime panics. */
function substring(start: number, end: number, text: string): string {
  const length = Buffer.byteLength(text);
  if (start < 0) {
    if (end < 0 || end > length) {
      throw new FunctionError(
        `runtime error: slice bounds out of range [:${end}]${end < 0 ? '' : ` with length ${length}`}`,
      );
    }
    return sliceBytes(text, 0, end);
  }
  const last = end < 0 || end > length ? length : end;
  if (start > last) {
    throw new FunctionError(`runtime error: slice bounds out of range [${start}:${last}]`);
  }
  return sliceBytes(text, start, last);
}

function repeated(text: string, count: number, meter: Meter): string {
  if (count < 0) {
    throw new FunctionError('strings: negative Repeat count');
  }
  meter.reserve(text.length * count);
  return text.repeat(count);
}

function alignLeft(count: number, text: string, meter: Meter): string {
  const characters = [...text];
  if (count < 0) {
    return text;
  }
  const missing = count - characters.length;
  return missing > 0 ? text + repeated(' ', missing, meter) : characters.slice(0, count).join('');
}

function alignRight(count: number, text: string, meter: Meter): string {
  const characters = [...text];
  if (count < 0) {
    return text;
  }
  const missing = count - characters.length;
  return missing > 0 ? repeated(' ', missing, meter) + text : characters.slice(-missing).join('');
}

function indent(spaces: number, text: string, meter: Meter): string {
  const margin = repeated(' ', spaces, meter);
  return margin + replaceEach(text, '\n', `\n${margin}`, meter);
}

function replaceEach(text: string, old: string, replacement: string, meter: Meter): string {
  if (old === '') {
    return replace(text, old, replacement, -1, meter);
  }
  const pieces = text.split(old);
  meter.reserve(text.length + (pieces.length - 1) * (replacement.length - old.length));
  return pieces.join(replacement);
}

/** The pieces of a text around `old`, of which an empty one is before each character and at the end. */
function cut(text: string, old: string): string[] {
  return old === '' ? ['', ...text] : text.split(old);
}

/** The first `count` occurrences; all where it is negative. */
function replace(text: string, old: string, replacement: string, count: number, meter: Meter): string {
  const pieces = cut(text, old);
  // Behind the last character is a place, too.
  const places = old === '' ? pieces.length : pieces.length - 1;
  const times = count < 0 ? places : Math.min(count, places);
  meter.reserve(text.length + times * (replacement.length - old.length));
  const joined = pieces.map((piece, index) => {
    if (index === pieces.length - 1) {
      return piece + (old === '' && times === places ? replacement : '');
    }
    return piece + (index < times ? replacement : old);
  });
  return joined.join('');
}

function replaceAll([old, replacement, text]: readonly Value[], meter: Meter): string {
  return replaceEach(String(text), String(old), String(replacement), meter);
}

function trimPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function trimSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

/** In LogQL's own order of arguments: the text comes last, as it does out of a pipe. */
const PIPED: readonly (readonly [string, TextFunction])[] = [
  ['alignLeft', ofCount(alignLeft)],
  ['alignRight', ofCount(alignRight)],
  ['contains', ofTexts(2, (part, text) => text.includes(part))],
  ['hasPrefix', ofTexts(2, (prefix, text) => text.startsWith(prefix))],
  ['hasSuffix', ofTexts(2, (suffix, text) => text.endsWith(suffix))],
  ['indent', ofCount(indent)],
  ['lower', ofTexts(1, lower)],
  ['nindent', ofCount((spaces, text, meter) => `\n${indent(spaces, text, meter)}`)],
  ['repeat', ofCount((count, text, meter) => repeated(text, count, meter))],
  ['replace', { parameters: ['string', 'string', 'string'], call: replaceAll }],
  [
    'substr',
    {
      parameters: ['int', 'int', 'string'],
      call: ([start, end, text]) => substring(Number(start), Number(end), String(text)),
    },
  ],
  ['title', ofTexts(1, titleCase)],
  ['trim', ofTexts(1, trimSpace)],
  ['trimAll', ofTexts(2, (characters, text) => trimCharacters(text, characters, 'both'))],
  ['trimPrefix', ofTexts(2, (prefix, text) => trimPrefix(text, prefix))],
  ['trimSuffix', ofTexts(2, (suffix, text) => trimSuffix(text, suffix))],
  ['trunc', ofCount(truncate)],
  ['upper', ofTexts(1, upper)],
];

/** In the order of Go's package strings, as LogQL first had them. */
const OF_GO: readonly (readonly [string, TextFunction])[] = [
  [
    'Replace',
    {
      parameters: ['string', 'string', 'string', 'int'],
      call: ([text, old, replacement, count], meter) =>
        replace(String(text), String(old), String(replacement), Number(count), meter),
    },
  ],
  ['ToLower', ofTexts(1, lower)],
  ['ToUpper', ofTexts(1, upper)],
  ['Trim', ofTexts(2, (text, characters) => trimCharacters(text, characters, 'both'))],
  ['TrimLeft', ofTexts(2, (text, characters) => trimCharacters(text, characters, 'left'))],
  ['TrimPrefix', ofTexts(2, trimPrefix)],
  ['TrimRight', ofTexts(2, (text, characters) => trimCharacters(text, characters, 'right'))],
  ['TrimSpace', ofTexts(1, trimSpace)],
  ['TrimSuffix', ofTexts(2, trimSuffix)],
];

export const TEXT_FUNCTIONS: readonly (readonly [string, TextFunction])[] = [...PIPED, ...OF_GO];
