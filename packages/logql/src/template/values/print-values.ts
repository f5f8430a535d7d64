// `print`, `println` and `printf` of Go's fmt: https://pkg.go.dev/fmt

import { formatPlain, formatVerb } from './format-verb.ts';
import type { Meter } from './meter.ts';
import { NUMBER_MAX, parseFormat, type WrittenDirective } from './parse-format.ts';
import { integerIn, typeName, type Value } from './value.ts';

/** What it takes to read a character of a format, beside looking at it. */
const FORMAT_COST = 4;

/** With spaces between those of which neither is a text. */
export function print(values: readonly Value[], meter: Meter): string {
  let printed = '';
  for (const [index, value] of values.entries()) {
    const isSpaced = index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string';
    printed += (isSpaced ? ' ' : '') + formatPlain(value, meter);
  }
  return printed;
}

/** With spaces between all, and a line's end. */
export function printLine(values: readonly Value[], meter: Meter): string {
  return `${values.map((value) => formatPlain(value, meter)).join(' ')}\n`;
}

/** Hands out the values of a format in their order, or in that of its indexes. */
class ValueReader {
  readonly #values: readonly Value[];
  #next = 0;
  #isReordered = false;
  isIndexBad = false;

  constructor(values: readonly Value[]) {
    this.#values = values;
  }

  get isAtEnd(): boolean {
    return this.#next >= this.#values.length;
  }

  /** Goes on with the value that an index chooses, if there is one. */
  goTo(index: number | undefined): void {
    if (index === undefined) {
      return;
    }
    this.#isReordered = true;
    if (index >= 1 && index <= this.#values.length) {
      this.#next = index - 1;
    } else {
      this.isIndexBad = true;
    }
  }

  take(): Value {
    const value = this.#values[this.#next];
    this.#next++;
    return value;
  }

  /** A width or precision, which `*` takes from a value; `null` where that is no number. */
  takeNumber(written: number | '*' | undefined): number | undefined | null {
    if (written !== '*') {
      return written;
    }
    const number = Number(integerIn(this.take()) ?? Number.NaN);
    return Math.abs(number) <= NUMBER_MAX ? number : null;
  }

  /** What no directive took; nothing where indexes were used. */
  rest(): readonly Value[] {
    return this.#isReordered ? [] : this.#values.slice(this.#next);
  }
}

function formatNext(written: WrittenDirective, values: ValueReader, meter: Meter): string {
  const { verb } = written;
  values.isIndexBad = written.isMisplaced;
  values.goTo(written.widthIndex);
  const width = values.takeNumber(written.width);
  values.goTo(written.precisionIndex);
  const precision = values.takeNumber(written.precision);
  values.goTo(written.verbIndex);
  const notes = (width === null ? '%!(BADWIDTH)' : '') + (precision === null ? '%!(BADPREC)' : '');
  if (verb === '' || verb === '%') {
    return notes + (verb === '' ? '%!(NOVERB)' : verb);
  }
  if (values.isIndexBad || values.isAtEnd) {
    return `${notes}%!${verb}(${values.isIndexBad ? 'BADINDEX' : 'MISSING'})`;
  }
  const isLeft = written.minus || (width ?? 0) < 0;
  const directive = {
    verb,
    minus: isLeft,
    // Of `%+v`, templates have nothing to say more.
    plus: written.plus && verb !== 'v',
    sharp: written.sharp,
    space: written.space,
    zero: written.zero && !isLeft,
    width: Math.abs(width ?? 0),
    precision: precision === null || (precision ?? 0) < 0 ? undefined : precision,
    meter,
  };
  return notes + formatVerb(values.take(), directive);
}

/** A format and the values that its directives show. */
export function printFormatted(format: string, values: readonly Value[], meter: Meter): string {
  meter.charge(format.length * FORMAT_COST);
  const reader = new ValueReader(values);
  let printed = '';
  for (const piece of parseFormat(format)) {
    printed += typeof piece === 'string' ? piece : formatNext(piece, reader, meter);
    meter.reserve(printed.length);
  }
  const rest = reader.rest();
  if (rest.length === 0) {
    return printed;
  }
  const shown = rest.map((value) =>
    value === null || value === undefined ? '<nil>' : `${typeName(value)}=${formatPlain(value, meter)}`,
  );
  return `${printed}%!(EXTRA ${shown.join(', ')})`;
}
