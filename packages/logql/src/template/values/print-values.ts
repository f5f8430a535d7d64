// `print`, `println` and `printf` of Go's fmt: https://pkg.go.dev/fmt

import { type Directive, formatPlain, formatVerb } from './format-verb.ts';
import { integerIn, typeName, type Value } from './value.ts';

/** Go's bound of widths and precisions. */
const NUMBER_MAX = 1_000_000;
const FLAGS = /[#0+ -]*/y;
const DIGITS = /[0-9]*/y;
const INDEX = /\[([^\]]*)\]/y;

/** With spaces between those of which neither is a text. */
export function print(values: readonly Value[]): string {
  let printed = '';
  for (const [index, value] of values.entries()) {
    const isSpaced = index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string';
    printed += (isSpaced ? ' ' : '') + formatPlain(value);
  }
  return printed;
}

/** With spaces between all, and a line's end. */
export function printLine(values: readonly Value[]): string {
  return `${values.map(formatPlain).join(' ')}\n`;
}

/** Runs over a format once. */
class FormatReader {
  readonly #format: string;
  readonly #values: readonly Value[];
  readonly #charge: (length: number) => void;
  #at = 0;
  #next = 0;
  #isReordered = false;
  #isIndexBad = false;
  #isIndexFresh = false;

  constructor(format: string, values: readonly Value[], charge: (length: number) => void) {
    this.#format = format;
    this.#values = values;
    this.#charge = charge;
  }

  run(): string {
    let printed = '';
    while (this.#at < this.#format.length) {
      const percent = this.#format.indexOf('%', this.#at);
      const end = percent === -1 ? this.#format.length : percent;
      printed += this.#format.slice(this.#at, end);
      this.#at = end;
      if (percent !== -1) {
        this.#at++;
        const piece = this.#directive();
        this.#charge(piece.length);
        printed += piece;
      }
    }
    if (!this.#isReordered && this.#next < this.#values.length) {
      const rest = this.#values
        .slice(this.#next)
        .map((value) => (value === null || value === undefined ? '<nil>' : `${typeName(value)}=${formatPlain(value)}`));
      printed += `%!(EXTRA ${rest.join(', ')})`;
    }
    return printed;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#format);
    this.#at += match?.[0].length ?? 0;
    return match;
  }

  /** `[n]` chooses the value that is next. */
  #readIndex(): void {
    if (this.#format.charAt(this.#at) !== '[') {
      return;
    }
    this.#isReordered = true;
    const match = this.#match(INDEX);
    const index = Number(match?.[1] ?? Number.NaN);
    if (match === null) {
      this.#at++;
    }
    if (Number.isInteger(index) && index >= 1 && index <= this.#values.length) {
      this.#next = index - 1;
      this.#isIndexFresh = true;
    } else {
      this.#isIndexBad = true;
    }
  }

  /** A width or precision: digits, or `*` for the next value. `null` is a value that is no number. */
  #readNumber(): number | undefined | null {
    if (this.#format.charAt(this.#at) !== '*') {
      const digits = this.#match(DIGITS)?.[0] ?? '';
      const number = Number(digits);
      return digits === '' || number > NUMBER_MAX ? undefined : number;
    }
    this.#at++;
    const number = Number(integerIn(this.#values[this.#next]) ?? Number.NaN);
    this.#next++;
    this.#isIndexFresh = false;
    return Math.abs(number) <= NUMBER_MAX ? number : null;
  }

  #directive(): string {
    this.#isIndexFresh = false;
    this.#isIndexBad = false;
    const flags = this.#match(FLAGS)?.[0] ?? '';
    let minus = flags.includes('-');
    let notes = '';
    this.#readIndex();
    let width = this.#readNumber();
    if (width === null) {
      notes += '%!(BADWIDTH)';
      width = undefined;
    } else if (width !== undefined && width < 0) {
      minus = true;
      width = -width;
    }
    let precision: number | undefined;
    if (this.#format.charAt(this.#at) === '.') {
      this.#at++;
      this.#readIndex();
      const read = this.#readNumber();
      notes += read === null ? '%!(BADPREC)' : '';
      precision = read === null ? undefined : (read ?? 0);
      precision = precision !== undefined && precision < 0 ? undefined : precision;
    }
    if (!this.#isIndexFresh) {
      this.#readIndex();
    }
    const code = this.#format.codePointAt(this.#at);
    if (code === undefined) {
      return `${notes}%!(NOVERB)`;
    }
    const verb = String.fromCodePoint(code);
    this.#at += verb.length;
    return (
      notes +
      this.#formatNext({
        verb,
        minus,
        plus: flags.includes('+'),
        sharp: flags.includes('#'),
        space: flags.includes(' '),
        zero: flags.includes('0') && !minus,
        width,
        precision,
        charge: this.#charge,
      })
    );
  }

  #formatNext(directive: Directive): string {
    const { verb } = directive;
    if (verb === '%') {
      return '%';
    }
    if (this.#isIndexBad) {
      return `%!${verb}(BADINDEX)`;
    }
    if (this.#next >= this.#values.length) {
      return `%!${verb}(MISSING)`;
    }
    const value = this.#values[this.#next];
    this.#next++;
    // Of `%+v`, templates have nothing to say more.
    return formatVerb(value, verb === 'v' && directive.plus ? { ...directive, plus: false } : directive);
  }
}

/** `charge` is told of each length before it is made, so that it can throw. */
export function printFormatted(format: string, values: readonly Value[], charge: (length: number) => void): string {
  return new FormatReader(format, values, charge).run();
}
