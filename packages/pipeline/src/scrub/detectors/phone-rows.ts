import { endOfDigits, escapeLength, isDigit, isEscape, Separator, separatorOf } from './phone-characters.ts';

/** Whether another number and a blank stand before, as in rows of numbers. */
export function isBehindNumber(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  const before = text.charCodeAt(at - 2);
  if (code === 40) return isDigit(before) || (before === 32 && isDigit(text.charCodeAt(at - 3)));
  if (isDigit(code)) return isDigit(text.charCodeAt(at - 4));
  return isDigit(before) && separatorOf(text, at - 1, code) === Separator.blank;
}

const DIGIT = 1;
const SEPARATOR = 2;
const ESCAPE = 3;
/** Classes of ASCII characters for the pass that finds where there are enough digits. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  if (isDigit(code)) return DIGIT;
  if (code === 37) return ESCAPE;
  return separatorOf('', 0, code) === 0 ? 0 : SEPARATOR;
});
const SEPARATORS_MAX = 4;

/** Where the next digits begin that are at least so many with separators between them; -1 when nowhere. Each character is looked at once, and those outside of such rows only for being a digit. */
export function nextDigits(text: string, from: number, digitsMin: number): number {
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) {
      at += 1;
      continue;
    }
    const start = behindEscape(text, at);
    const end = start === at ? endOfRow(text, at, digitsMin) : start;
    if (end < 0) return start;
    at = end;
  }
  return -1;
}

// Negative when the row has enough digits.
function endOfRow(text: string, start: number, digitsMin: number): number {
  let digits = 0;
  let between = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const kind = classOf(text, at);
    if (kind === DIGIT) {
      digits += 1;
      between = 0;
      if (digits === digitsMin) return -1;
      continue;
    }
    between += 1;
    if (kind === 0 || between > SEPARATORS_MAX) break;
    if (kind === ESCAPE) {
      if (!isEscape(text, at)) break;
      at += 2;
    }
  }
  return at + 1;
}

// The digits of `%20` are no part of a number.
function behindEscape(text: string, at: number): number {
  if (isEscape(text, at - 1)) return at + 2;
  return isEscape(text, at - 2) ? at + 1 : at;
}

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return CLASSES[code] ?? 0;
  return separatorOf(text, at, code) === 0 ? 0 : SEPARATOR;
}

/** The next run of digits of the same row, or -1 where the row ends. */
export function nextRun(text: string, from: number): number {
  let at = from;
  for (let between = 0; between <= SEPARATORS_MAX; between += 1) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) return at;
    if (separatorOf(text, at, code) === 0) return -1;
    at += code === 37 ? escapeLength(text, at) : 1;
  }
  return -1;
}

/** Whether a number may begin at a run of digits: not at a later part of one thing (`-555-` of `415-555-0132`), and behind another number and a blank only with separators of its own: `200 415-555-0132`, `200 0171/1234567`. */
export function mayBegin(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  if (code === 45 || code === 46 || code === 47 || code === 58) return !isDigit(text.charCodeAt(at - 2));
  if (!isBehindNumber(text, at)) return true;
  const end = endOfDigits(text, at);
  const next = text.charCodeAt(end);
  if (next === 32 || next === 43) return false;
  const first = text.charCodeAt(at);
  return first === 48 || end - at === 3 || (end - at === 1 && first === 49);
}
