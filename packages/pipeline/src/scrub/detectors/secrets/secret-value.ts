import { NameStrength } from '../../field-names.ts';
import type { NameMeaning } from './name-meanings.ts';
import { isPlaceholder } from './placeholders.ts';
import { looksRandom, looksRandomBeyondHash } from './token-shape.ts';
import type { ValueRange } from './value-range.ts';

const LETTERS = /^[A-Za-zÀ-ɏ'-]+$/;
const SENTENCE = /^[A-Za-z',.-]+(?: [A-Za-z',.-]+)+$/;
const COUNT = /^-?\d{1,5}(?:\.\d+)?$/;
const TOKENISH = /\d|[a-z][A-Z]|[+/=~$!#%^*@]/;
const WORKING_DIRECTORY = /^(?:old)?pwd$/i;
const TOKEN_CHARS_MIN = 3;
/** Where a line ends behind an unquoted word, that word was the whole value. */
const LINE_END = /[ \t]*(?:$|[\r\n&;,)\]}]|\\[nr])/y;
const FOLLOWING_WORD = /[ \t]+[a-zA-Z]+(?:[ \t.,!]|$)/y;

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Whether what stands behind a secret's name is the secret, and not a word about it, a count or code. */
export function isSecretValue(
  text: string,
  range: ValueRange,
  strength: NameStrength,
  operatorEnd: number,
  name: string,
): boolean {
  const value = text.slice(range.start, range.end);
  if (isPlaceholder(value) || (value.startsWith('/') && WORKING_DIRECTORY.test(name))) {
    return false;
  }
  if (value.length > 60) {
    return true;
  }
  const isLoose = !range.isQuoted && range.start > operatorEnd;
  if (strength === NameStrength.secret) {
    return !(isLoose && LETTERS.test(value) && matchesAt(FOLLOWING_WORD, text, range.end));
  }
  if (value.length < TOKEN_CHARS_MIN || COUNT.test(value) || SENTENCE.test(value)) {
    return false;
  }
  return (
    !isLoose ||
    TOKENISH.test(value) ||
    (value.length >= 8 && !LETTERS.test(value) && matchesAt(LINE_END, text, range.end))
  );
}

/** Whether a value is a token for a name that only hints at one: by the forms of the vendors that it names, or by its randomness. */
export function isTokenOf(meaning: NameMeaning, value: string): boolean {
  if (meaning.vendorValues?.some((form) => form.test(value)) === true) {
    return true;
  }
  if (meaning.strength === NameStrength.none) {
    return false;
  }
  return meaning.isBare ? looksRandomBeyondHash(value) : looksRandom(value);
}
