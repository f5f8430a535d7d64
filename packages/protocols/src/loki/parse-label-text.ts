// https://prometheus.io/docs/prometheus/latest/querying/basics/ (time series selectors; only `=`, as label sets are written)
import { quoteInput } from '../records/record-rejection.ts';
import { goUnquote } from './go-unquote.ts';
import { StreamLabels } from './stream-labels.ts';

const QUOTE = 34;
const BACKSLASH = 92;

/** A place in the text; every step moves on, so that all of it is looked at once. */
class Scanner {
  at = 0;

  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Goes past blanks, then past the character if it is the next. */
  take(char: string): boolean {
    this.skip(isBlank);
    if (this.text[this.at] !== char) {
      return false;
    }
    this.at += 1;
    return true;
  }

  /** Goes past UTF-16 units of a class. No regular expression: a repetition over millions would exhaust its stack. */
  skip(belongs: (unit: number) => boolean): void {
    while (this.at < this.text.length && belongs(this.text.charCodeAt(this.at))) {
      this.at += 1;
    }
  }

  /** A literal in double quotes or backticks; undefined when there is none or it is not well formed. */
  literal(): string | undefined {
    if (this.take('`')) {
      return this.#upTo(this.text.indexOf('`', this.at));
    }
    if (!this.take('"')) {
      return undefined;
    }
    const inner = this.#upTo(this.#closingQuote());
    // Go has no line break inside double quotes.
    return inner === undefined || inner.includes('\n') ? undefined : goUnquote(inner);
  }

  /** A bare or a quoted name. */
  name(): string | undefined {
    this.skip(isBlank);
    const start = this.at;
    if (!isNameStart(this.text.charCodeAt(start))) {
      return this.literal();
    }
    this.skip(isNamePart);
    return this.text.slice(start, this.at);
  }

  #closingQuote(): number {
    const { length } = this.text;
    for (let at = this.at; at < length; at += 1) {
      const unit = this.text.charCodeAt(at);
      if (unit === QUOTE) {
        return at;
      }
      if (unit === BACKSLASH) {
        at += 1;
      }
    }
    return -1;
  }

  /** The text up to a closing mark, and goes past it. */
  #upTo(end: number): string | undefined {
    if (end < 0) {
      return undefined;
    }
    const inner = this.text.slice(this.at, end);
    this.at = end + 1;
    return inner;
  }
}

/** Reads labels as Loki's protocol buffer streams write them: `{app="shop", "quoted name"="a\"b"}`. Strict: whatever else stands there is a fault. */
export function parseLabelText(text: string): StreamLabels {
  const result = new StreamLabels();
  const scanner = new Scanner(text);
  if (!scanner.take('{')) {
    return refused(result, scanner, 'expected {');
  }
  if (!scanner.take('}') && !readPairs(scanner, result)) {
    return result;
  }
  scanner.skip(isBlank);
  return scanner.at < text.length ? refused(result, scanner, 'expected nothing after }') : result;
}

/** Reads up to the closing brace; false when there is a fault. */
function readPairs(scanner: Scanner, result: StreamLabels): boolean {
  for (;;) {
    const name = scanner.name();
    if (name === undefined) {
      refused(result, scanner, 'expected a label name');
      return false;
    }
    if (!scanner.take('=')) {
      refused(result, scanner, 'expected =');
      return false;
    }
    const value = scanner.literal();
    if (value === undefined) {
      refused(result, scanner, 'expected a quoted value');
      return false;
    }
    if (!result.add(name, value)) {
      return false;
    }
    if (scanner.take('}')) {
      return true;
    }
    if (!scanner.take(',')) {
      refused(result, scanner, 'expected , or }');
      return false;
    }
    if (scanner.take('}')) {
      return true;
    }
  }
}

function refused(result: StreamLabels, { at, text }: Scanner, problem: string): StreamLabels {
  const found = at < text.length ? quoteInput(text.slice(at)) : 'the end';
  result.refuse('invalid', `labels at character ${at}: ${problem}, found ${found}`);
  return result;
}

function isBlank(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13 && unit !== 11 && unit !== 12);
}

function isNameStart(unit: number): boolean {
  const letter = unit | 32;
  return (letter >= 97 && letter <= 122) || unit === 95;
}

function isNamePart(unit: number): boolean {
  return isNameStart(unit) || (unit >= 48 && unit <= 57);
}
