// The syntax of Go's formats: https://pkg.go.dev/fmt#hdr-Printing

/** Which value `[n]` chooses, from 1; 0 for one that cannot be read. */
type ValueIndex = number | undefined;

/** `%[flags][width][.precision]verb` as it is written; `*` takes the number from a value. */
export interface WrittenDirective {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly widthIndex: ValueIndex;
  readonly width: number | '*' | undefined;
  readonly precisionIndex: ValueIndex;
  readonly precision: number | '*' | undefined;
  readonly verbIndex: ValueIndex;
  /** An index stands where a number follows it, which chooses nothing. */
  readonly isMisplaced: boolean;
  /** Empty at the end of a format. */
  readonly verb: string;
}

/** Go's bound of widths and precisions. */
export const NUMBER_MAX = 1_000_000;
const DIRECTIVE =
  /%([#0+ -]*)(\[[^\]]{0,20}\]|\[)?(\*|[0-9]+)?(?:(\.)(\[[^\]]{0,20}\]|\[)?(\*|[0-9]+)?)?(\[[^\]]{0,20}\]|\[)?(.)?/gsu;
/** Formats repeat with every line; they may also come out of lines. */
const FORMATS_MAX = 256;
const KEPT_LENGTH_MAX = 1024;
const formats = new Map<string, readonly (string | WrittenDirective)[]>();

function indexOf(text: string | undefined): ValueIndex {
  if (text === undefined) {
    return;
  }
  return /^\[[0-9]+\]$/.test(text) ? Number(text.slice(1, -1)) : 0;
}

function numberOf(text: string | undefined): number | '*' | undefined {
  if (text === '*') {
    return text;
  }
  const number = Number(text ?? Number.NaN);
  return number <= NUMBER_MAX ? number : undefined;
}

function directiveOf(match: RegExpExecArray): WrittenDirective {
  const [, flags = '', widthIndex, width, point, precisionIndex, precision, verbIndex, verb = ''] = match;
  const minus = flags.includes('-');
  const isNumber = width !== undefined && width !== '*';
  return {
    minus,
    plus: flags.includes('+'),
    sharp: flags.includes('#'),
    space: flags.includes(' '),
    zero: flags.includes('0') && !minus,
    widthIndex: indexOf(widthIndex),
    width: numberOf(width),
    precisionIndex: indexOf(precisionIndex),
    precision: point === undefined ? undefined : (numberOf(precision) ?? 0),
    verbIndex: indexOf(verbIndex),
    isMisplaced: widthIndex !== undefined && width !== '*' && (isNumber || point !== undefined),
    verb,
  };
}

/** Cuts a format into texts and directives. */
export function parseFormat(format: string): readonly (string | WrittenDirective)[] {
  const known = formats.get(format);
  if (known !== undefined) {
    return known;
  }
  const pieces: (string | WrittenDirective)[] = [];
  let at = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    if (match.index > at) {
      pieces.push(format.slice(at, match.index));
    }
    pieces.push(directiveOf(match));
    at = match.index + match[0].length;
  }
  if (at < format.length) {
    pieces.push(format.slice(at));
  }
  if (format.length <= KEPT_LENGTH_MAX) {
    if (formats.size >= FORMATS_MAX) {
      formats.clear();
    }
    formats.set(format, pieces);
  }
  return pieces;
}
