import { charClass, isAlphanumeric, isNameChar } from './char-classes.ts';

/** Names longer than this are judged by their end. */
const NAME_CHARS_MAX = 64;
/** Between a name and its operator: blanks, quotes and their backslashes, brackets, the first half of `?=` and `:=`. */
const GAP_CHARS_MAX = 10;
const isGap = charClass(' \t"\'`\\])?+:');
const BACKSLASH = 92;
const PERCENT = 37;

/** Where the name ends that an operator at `at` may belong to; -1 when none does. */
export function nameEndBefore(text: string, at: number): number {
  let end = at;
  const limit = Math.max(0, at - GAP_CHARS_MAX);
  while (end > limit && isGap(text.charCodeAt(end - 1))) {
    end -= 1;
  }
  const last = end === 0 ? 0 : text.charCodeAt(end - 1);
  return isAlphanumeric(last) || last === 95 ? end : -1;
}

/** Where it begins: behind what is no character of names, and behind an escape (`\n`, `\u0026`, `%26`) whose letters look as if they were of it. */
export function nameStartBefore(text: string, end: number): number {
  let start = end;
  const limit = Math.max(0, end - NAME_CHARS_MAX);
  while (start > limit && isNameChar(text.charCodeAt(start - 1))) {
    start -= 1;
  }
  return Math.min(end, start + escapedChars(text, start));
}

/** How many of the characters from `start` on belong to an escape that began before it. */
export function escapedChars(text: string, start: number): number {
  const before = start === 0 ? 0 : text.charCodeAt(start - 1);
  if (before === PERCENT) {
    return 2;
  }
  if (before !== BACKSLASH) {
    return 0;
  }
  const letter = text[start];
  if (letter === 'u') {
    return 5;
  }
  return letter === 'x' ? 3 : letter === 'n' || letter === 'r' || letter === 't' ? 1 : 0;
}

const PHRASE_CHARS_MAX = 50;
const PHRASE_WORDS_MAX = 4;

/** Where the words begin that stand before a name with single blanks between them: `API key for prod`. `nameStart` when there are none. */
export function phraseStartBefore(text: string, nameStart: number): number {
  const limit = Math.max(0, nameStart - PHRASE_CHARS_MAX);
  let start = nameStart;
  for (let word = 0; word < PHRASE_WORDS_MAX; word += 1) {
    if (start - 2 < limit || text[start - 1] !== ' ') {
      return start;
    }
    let at = start - 1;
    while (at > limit && isNameChar(text.charCodeAt(at - 1))) {
      at -= 1;
    }
    if (at === start - 1) {
      return start;
    }
    start = at;
  }
  return start;
}
