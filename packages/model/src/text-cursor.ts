const ZERO = 48;

/** True for `0`–`9`, and for nothing outside of ASCII. */
export function isDigit(code: number): boolean {
  return code >= ZERO && code <= 57;
}

/** True for ASCII letters. */
export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Reads a text from left to right; what does not match moves nothing. */
export class TextCursor {
  at = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The UTF-16 unit so far ahead, NaN beyond the end. */
  peek(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** How many digits follow. */
  countDigits(): number {
    let count = 0;
    while (isDigit(this.peek(count))) {
      count += 1;
    }
    return count;
  }

  /** Takes exactly so many digits, NaN when there are fewer. */
  takeDigits(count: number): number {
    let value = 0;
    for (let ahead = 0; ahead < count; ahead += 1) {
      const digit = this.peek(ahead) - ZERO;
      if (!(digit >= 0 && digit <= 9)) {
        return Number.NaN;
      }
      value = value * 10 + digit;
    }
    this.at += count;
    return value;
  }

  /** Takes a whole run of digits whose length lies within the bounds, NaN otherwise. */
  takeNumber(lengthMin: number, lengthMax: number): number {
    const count = this.countDigits();
    return count >= lengthMin && count <= lengthMax ? this.takeDigits(count) : Number.NaN;
  }

  /** Takes one ASCII character. */
  take(character: string): boolean {
    if (this.peek() !== character.charCodeAt(0)) {
      return false;
    }
    this.at += 1;
    return true;
  }

  /** Takes a run of ASCII letters, `''` when there is none. */
  takeWord(): string {
    const from = this.at;
    while (isLetter(this.peek())) {
      this.at += 1;
    }
    return this.text.slice(from, this.at);
  }

  /** Takes blanks, also the narrow and the no-break ones that ICU writes before AM and PM. */
  takeBlanks(): boolean {
    const from = this.at;
    for (let code = this.peek(); code === 32 || code === 9 || code === 0xa0 || code === 0x202f; code = this.peek()) {
      this.at += 1;
    }
    return this.at > from;
  }
}
