// Telephone numbers as people write them: groups of digits with separators (ITU-T E.123, https://www.itu.int/rec/T-REC-E.123; RFC 3966, https://www.rfc-editor.org/rfc/rfc3966).

import {
  endOfDigits,
  escapeLength,
  isDigit,
  isEscape,
  isLetter,
  isWordCharacter,
  Separator,
  separatorOf,
} from './phone-characters.ts';
import { WORD } from './word-character.ts';

/** `+33 6 12 34 56 78` has six groups, `00 33 6 12 34 56 78` seven. */
export const GROUPS_MAX = 7;
/** E.164 has 15 digits at most; what is read beyond tells that it is something else. */
const DIGITS_READ = 20;

/** How the text before the first group ends: `clean` where a number may begin, `joined` to a word (`tel-415`, `n415`), `inside` a longer number. */
export type LeftEdge = 'clean' | 'joined' | 'inside';

/** The groups of digits from one place on, read into the same object again and again. */
export class PhoneChain {
  count = 0;
  /** Digits of all groups. */
  total = 0;
  /** A plus stands before the first group. */
  hasPlus = false;
  /** A parenthesis stands before the first group (or its plus). */
  isOpen = false;
  /** Another number and a blank stand before it. */
  isInRow = false;
  /** Where the plus or the parenthesis stands, otherwise the first digit. */
  start = 0;
  leftEdge: LeftEdge = 'clean';
  readonly starts = new Int32Array(GROUPS_MAX);
  readonly ends = new Int32Array(GROUPS_MAX);
  /** Bits of `Separator` behind each group but the last. */
  readonly separators = new Int32Array(GROUPS_MAX);

  private text = '';
  private at = 0;

  /** Reads from the first digit of a run of digits. */
  read(text: string, firstDigit: number): void {
    this.text = text;
    this.readLeft(firstDigit);
    this.count = 0;
    this.total = 0;
    let at = firstDigit;
    let isOpen = this.isOpen;
    // One pair of parentheses stands around an area, and one around a country: `(+44) (20) 7946 0958`.
    let pairs = (this.hasPlus ? 2 : 1) - (isOpen ? 1 : 0);
    for (;;) {
      const end = endOfDigits(text, at);
      this.starts[this.count] = at;
      this.ends[this.count] = end;
      this.separators[this.count] = 0;
      this.count += 1;
      this.total += end - at;
      if (this.count === GROUPS_MAX || this.total >= DIGITS_READ) return;
      let bits = this.readSeparator(end, isOpen);
      if (bits === 0 && isOpen && this.hasPlus && this.count === 1) {
        // `(+44 (0)20 7946 0958)`: the outer parenthesis is the sentence's.
        isOpen = false;
        this.leaveParenthesis();
        bits = this.readSeparator(end, isOpen);
      }
      if (bits === 0) return;
      if ((bits & Separator.open) !== 0) {
        isOpen = true;
        if (pairs === 0) return;
        pairs -= 1;
      } else if ((bits & Separator.close) !== 0) isOpen = false;
      this.separators[this.count - 1] = bits;
      at = this.at;
    }
  }

  length(group: number): number {
    return (this.ends[group] ?? 0) - (this.starts[group] ?? 0);
  }

  /** The digits of groups `from` to `to` (exclusive) as they are dialled: without `(0)` behind a country code. */
  digits(from: number, to: number): string {
    let digits = '';
    for (let group = from; group < to; group += 1) {
      if (!this.isUndialled(group)) digits += this.text.slice(this.starts[group], this.ends[group]);
    }
    return digits;
  }

  /** The value of a group, for comparisons with days and months. */
  value(group: number): number {
    let value = 0;
    for (let at = this.starts[group] ?? 0; at < (this.ends[group] ?? 0); at += 1) {
      value = value * 10 + this.text.charCodeAt(at) - 48;
    }
    return value;
  }

  /** All bits of the separators between groups `from` and `to` (exclusive). */
  separatorsWithin(from: number, to: number): number {
    let bits = 0;
    for (let group = from; group < to - 1; group += 1) bits |= this.separators[group] ?? 0;
    return bits;
  }

  /** Where a number of the groups up to `to` begins: the parenthesis belongs to it when it closes within. */
  startFor(to: number): number {
    if (!this.isOpen || (this.separatorsWithin(0, to) & Separator.close) !== 0) return this.start;
    return this.start + (this.text[this.start] === '%' ? 3 : 1);
  }

  // `+49 (0)171`: the zero in parentheses is for those who call from within the country.
  private isUndialled(group: number): boolean {
    return (
      group > 0 &&
      this.length(group) === 1 &&
      this.text.charCodeAt(this.starts[group] ?? 0) === 48 &&
      ((this.separators[group - 1] ?? 0) & Separator.open) !== 0 &&
      ((this.separators[group] ?? 0) & Separator.close) !== 0
    );
  }

  private leaveParenthesis(): void {
    this.start += this.text[this.start] === '%' ? 3 : 1;
    this.isOpen = false;
  }

  private readLeft(firstDigit: number): void {
    let at = firstDigit;
    const plus = lengthOfPlus(this.text, at);
    this.hasPlus = plus > 0 && !isWordCharacter(this.text.charCodeAt(at - plus - 1));
    if (this.hasPlus) at -= plus;
    this.isOpen = false;
    if (this.text.charCodeAt(at - 1) === 40) {
      this.isOpen = true;
      at -= 1;
    } else if (at >= 3 && this.text.startsWith('%28', at - 3)) {
      this.isOpen = true;
      at -= 3;
    }
    this.start = at;
    this.leftEdge = leftEdge(this.text, at);
  }

  // At most four characters, the same one never twice, but for blanks around others: ` / `, `) - `. Parentheses must pair.
  private readSeparator(from: number, isOpen: boolean): number {
    let bits = 0;
    let blanks = 0;
    let at = from;
    for (let units = 0; ; units += 1) {
      const code = this.text.charCodeAt(at);
      if (isDigit(code)) break;
      const bit = separatorOf(this.text, at, code);
      if (bit === 0 || units === 4) return 0;
      if (bit === Separator.blank) blanks += 1;
      else if ((bits & bit) !== 0) return 0;
      bits |= bit;
      at += code === 37 ? escapeLength(this.text, at) : 1;
    }
    this.at = at;
    if (blanks > (bits === Separator.blank ? 1 : 2)) return 0;
    const closes = (bits & Separator.close) !== 0;
    const opens = (bits & Separator.open) !== 0;
    // `(+44) (20)` closes one and opens the next.
    if (closes && !isOpen) return 0;
    if (opens && isOpen && !closes) return 0;
    return bits;
  }
}

// A plus as itself, in a URL, in JSON as .NET escapes it, and in full width.
function lengthOfPlus(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  if (code === 43 || code === 0xff0b) return 1;
  if (code !== 66 && code !== 98) return 0;
  if (text.charCodeAt(at - 3) === 37 && text.charCodeAt(at - 2) === 50) return 3;
  return at >= 6 && /^\\u002b$/i.test(text.slice(at - 6, at)) ? 6 : 0;
}

function leftEdge(text: string, at: number): LeftEdge {
  if (at === 0 || (at >= 3 && isEscape(text, at - 3))) return 'clean';
  const code = text.charCodeAt(at - 1);
  const before = text.charCodeAt(at - 2);
  if (isDigit(code) || code === 36 || code === 0xa3 || code === 0x20ac) return 'inside';
  // `\n`, `\r` and `\t` of a string that holds JSON.
  if (code === 110 || code === 114 || code === 116) return before === 92 ? 'clean' : 'joined';
  if (code > 0x7f) return isJoining(text, at, code) ? 'joined' : 'clean';
  if (isWordCharacter(code)) return 'joined';
  if (code === 45 || code === 46 || code === 58 || code === 47) {
    if (isDigit(before)) return 'inside';
    return code <= 46 && isLetter(before) ? 'joined' : 'clean';
  }
  return 'clean';
}

// A letter of a script that has blanks between words.
function isJoining(text: string, at: number, code: number): boolean {
  return separatorOf(text, at - 1, code) === 0 && WORD.test(text.charAt(at - 1));
}
