// https://brandur.org/logfmt, and what logrus, go-kit, zap's console, klog and PostgreSQL drivers write in its manner.
import { type JsonObject, type JsonValue, setMember } from '@aegisguard/model';

const EQUALS = 61;
const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const KEY_LENGTH_MAX = 64;
/** One `a=b` stands in many a sentence. */
const PAIRS_MIN = 2;
/** At most this share of a line may stand before its first pair: klog and logrus put time, level and a sentence there. */
const HEAD_SHARE = 2 / 3;
/** At most this share of what follows the first pair may be something else. */
const FOREIGN_SHARE = 1 / 3;
/** A number of logfmt is one when this is all of it, and printing it gives it back: `007`, `1.10` and ids beyond the doubles stay texts. */
const NUMBER_LENGTH_MAX = 17;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
const UNICODE_ESCAPE = /^[0-9a-fA-F]{4}$/;

function isBlank(code: number): boolean {
  return code <= 32 && (code === 32 || code === 9 || code === 10 || code === 13);
}

function isKeyStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 64;
}

/** Letters, digits, `_`, `@`, `-`, `.`, `/`. */
function isKeyPart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 45 && code <= 57) || (code >= 64 && code <= 90) || code === 95;
}

/** True for a word with a tag's beginning in it: HTML and XML have pairs of their own. */
function isTag(line: string, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) {
    if (line.charCodeAt(at) === 60 && isKeyStart(line.charCodeAt(at + 1))) {
      return true;
    }
  }
  return false;
}

/** Takes quoted text apart. */
function unescaped(text: string): string {
  if (!text.includes('\\')) {
    return text;
  }
  let result = '';
  let from = 0;
  for (let at = text.indexOf('\\'); at >= 0 && at + 1 < text.length; at = text.indexOf('\\', from)) {
    result += text.slice(from, at);
    const kind = text[at + 1] ?? '';
    const hex = text.slice(at + 2, at + 6);
    if (kind === 'u' && UNICODE_ESCAPE.test(hex)) {
      result += String.fromCharCode(Number.parseInt(hex, 16));
      from = at + 6;
    } else {
      result += ESCAPES[kind] ?? kind;
      from = at + 2;
    }
  }
  return (result + text.slice(from)).toWellFormed();
}

/** A value without quotes: `true`, `false` and plain numbers are what they say, all else is text. */
function bareValue(text: string): JsonValue {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  const code = text.charCodeAt(0);
  if (text.length <= NUMBER_LENGTH_MAX && ((code >= 48 && code <= 57) || code === 45)) {
    const number = Number(text);
    return String(number) === text ? number : text;
  }
  return text;
}

/** Reads a line's pairs; counts what of it they are. */
class LogfmtReader {
  readonly pairs: JsonObject = {};
  count = 0;
  private at = 0;
  private readonly line: string;

  constructor(line: string) {
    this.line = line;
  }

  /** False as soon as too much of the line is known to be something else. */
  read(): boolean {
    const { line } = this;
    const headMax = line.length * HEAD_SHARE;
    let foreignMax = 0;
    let foreign = 0;
    while (this.at < line.length) {
      if (isBlank(line.charCodeAt(this.at))) {
        this.at += 1;
        continue;
      }
      const from = this.at;
      const isPair = this.readPair();
      if (isPair && foreignMax === 0) {
        foreignMax = (line.length - from) * FOREIGN_SHARE;
      } else if (!isPair) {
        this.skipWord();
        if (isTag(line, from, this.at)) {
          return false;
        }
        foreign += foreignMax === 0 ? 0 : this.at - from;
      }
      if (foreignMax === 0 ? this.at > headMax : foreign > foreignMax) {
        return false;
      }
    }
    return true;
  }

  private skipWord(): void {
    const { line } = this;
    let at = this.at;
    while (at < line.length && !isBlank(line.charCodeAt(at))) {
      at += 1;
    }
    this.at = at;
  }

  private readPair(): boolean {
    const { line } = this;
    const from = this.at;
    if (!isKeyStart(line.charCodeAt(from))) {
      return false;
    }
    let end = from + 1;
    while (isKeyPart(line.charCodeAt(end))) {
      end += 1;
    }
    if (line.charCodeAt(end) !== EQUALS || end - from > KEY_LENGTH_MAX) {
      return false;
    }
    const key = line.slice(from, end);
    this.at = end + 1;
    const value = this.readValue();
    if (!Object.hasOwn(this.pairs, key)) {
      setMember(this.pairs, key, value);
      this.count += 1;
    }
    return true;
  }

  private readValue(): JsonValue {
    const quote = this.line.charCodeAt(this.at);
    if (quote === QUOTE || quote === APOSTROPHE) {
      const from = this.at + 1;
      const end = this.closingQuote(from, quote === QUOTE ? '"' : "'");
      if (end >= 0) {
        this.at = end + 1;
        this.skipWord();
        return unescaped(this.line.slice(from, end));
      }
    }
    const from = this.at;
    this.skipWord();
    const last = this.line.charCodeAt(this.at - 1);
    // `a=1, b=2`
    return bareValue(this.line.slice(from, (last === 44 || last === 59) && this.at > from ? this.at - 1 : this.at));
  }

  /** Looked for once in vain, a quote is looked for no more: otherwise each of a hostile line would search it to its end. */
  private unclosed = false;

  private closingQuote(from: number, quote: string): number {
    if (this.unclosed) {
      return -1;
    }
    for (let end = this.line.indexOf(quote, from); end >= 0; end = this.line.indexOf(quote, end + 1)) {
      let slashes = 0;
      while (end - slashes > from && this.line.charCodeAt(end - slashes - 1) === BACKSLASH) {
        slashes += 1;
      }
      if (slashes % 2 === 0) {
        return end;
      }
    }
    this.unclosed = true;
    return -1;
  }
}

/** The pairs of a line that has at least two, and little else behind the first of them; `undefined` for another line. */
export function parseLogfmt(line: string): JsonObject | undefined {
  const equals = line.indexOf('=');
  if (equals < 1 || equals > line.length * HEAD_SHARE + KEY_LENGTH_MAX || line.indexOf('=', equals + 1) < 0) {
    return undefined;
  }
  const reader = new LogfmtReader(line);
  return reader.read() && reader.count >= PAIRS_MIN ? reader.pairs : undefined;
}
