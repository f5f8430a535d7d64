// logfmt as Loki reads it, whose decoder follows https://pkg.go.dev/github.com/go-logfmt/logfmt
import { unquoteLogfmt } from './unquote-logfmt.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const REPLACEMENT = '\ufffd';

/** Reads a line pair by pair. One serves all lines. Everything up to a space, control characters included, is space. */
export class LogfmtDecoder {
  #line = '';
  #at = 0;
  key = '';
  value = '';
  /** What was wrong first. */
  problem: string | undefined;

  begin(line: string): void {
    this.#line = line;
    this.#at = 0;
    this.problem = undefined;
  }

  /** True when the line has nothing more. */
  get isAtEnd(): boolean {
    return this.#at >= this.#line.length;
  }

  /** Reads the next pair, or a key alone, whose value is empty. False where there is none or where it is wrong: then it is stepped over up to the next space. */
  next(): boolean {
    const line = this.#line;
    const start = skipSpace(line, this.#at);
    this.#at = start;
    this.value = '';
    if (start >= line.length) {
      return false;
    }
    const end = tokenEnd(line, start);
    const code = line.charCodeAt(end);
    this.#at = end;
    this.key = line.slice(start, end);
    if (code === QUOTE || (code === EQUALS && end === start)) {
      return this.#unexpected(code);
    }
    if (this.key.includes(REPLACEMENT)) {
      return this.#fail('invalid key');
    }
    return code !== EQUALS || this.#readValue();
  }

  #readValue(): boolean {
    const line = this.#line;
    const start = this.#at + 1;
    this.#at = start;
    if (line.charCodeAt(start) === QUOTE) {
      return this.#readQuoted();
    }
    const end = tokenEnd(line, start);
    const code = line.charCodeAt(end);
    this.#at = end;
    if (code === EQUALS || code === QUOTE) {
      return this.#unexpected(code);
    }
    this.value = line.slice(start, end);
    return true;
  }

  #readQuoted(): boolean {
    const line = this.#line;
    const start = this.#at + 1;
    let hasEscape = false;
    let at = start;
    let code = line.charCodeAt(at);
    while (at < line.length && code !== QUOTE) {
      if (code === BACKSLASH) {
        hasEscape = true;
        at += 1;
      }
      at += 1;
      code = line.charCodeAt(at);
    }
    if (at >= line.length) {
      this.#at = line.length;
      return this.#fail('unterminated quoted value');
    }
    this.#at = at + 1;
    const raw = line.slice(start, at);
    const value = hasEscape ? unquoteLogfmt(raw) : raw;
    if (value === undefined) {
      return this.#fail('invalid quoted value');
    }
    this.value = value;
    return true;
  }

  #unexpected(code: number): false {
    this.#fail(`unexpected '${String.fromCharCode(code)}'`);
    while (this.#at < this.#line.length && this.#line.charCodeAt(this.#at) > SPACE) {
      this.#at += 1;
    }
    return false;
  }

  #fail(problem: string): false {
    if (this.problem === undefined) {
      const position = Buffer.byteLength(this.#line.slice(0, this.#at)) + 1;
      this.problem = `logfmt syntax error at pos ${position} : ${problem}`;
    }
    return false;
  }
}

function skipSpace(line: string, start: number): number {
  let at = start;
  while (at < line.length && line.charCodeAt(at) <= SPACE) {
    at += 1;
  }
  return at;
}

/** Where a key or a value ends: at a space, `=` or a quote. */
function tokenEnd(line: string, start: number): number {
  let at = start;
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (code <= SPACE || code === EQUALS || code === QUOTE) {
      break;
    }
    at += 1;
  }
  return at;
}
