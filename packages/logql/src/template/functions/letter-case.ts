// As Go's package strings has them: https://pkg.go.dev/strings

/** Behind what is neither a letter, a digit nor an underscore; beyond ASCII, behind spaces only. */
const WORD_START = /(?<![^\s!-/:-@[-^`{-~\u0085])\p{Ll}/gu;
/** Unicode's white space. */
const SPACES: ReadonlySet<string> = new Set(
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);
const BEYOND_ASCII = /[^ -~\t\n\r]/;

/** Go maps one character to one; JavaScript may make several of it, or look at its neighbours. */
function mapped(text: string, map: (text: string) => string): string {
  if (!BEYOND_ASCII.test(text)) {
    return map(text);
  }
  let result = '';
  for (const character of text) {
    const made = map(character);
    result += [...made].length === 1 ? made : character;
  }
  return result;
}

export function lower(text: string): string {
  // Of the one character that becomes two, the dotted capital i, Go leaves the dot out.
  return mapped(text.replaceAll('İ', 'i'), (part) => part.toLowerCase());
}

export function upper(text: string): string {
  return mapped(text, (part) => part.toUpperCase());
}

/** The first letter of each word. */
export function titleCase(text: string): string {
  return text.replace(WORD_START, (letter) => upper(letter));
}

/** Takes characters off the ends of a text for as long as they are among those. */
export function trimCharacters(text: string, characters: Iterable<string>, side: 'left' | 'right' | 'both'): string {
  const set = new Set(characters);
  let start = 0;
  let end = text.length;
  const at = (index: number): string => String.fromCodePoint(text.codePointAt(index) ?? 0);
  while (side !== 'right' && start < end && set.has(at(start))) {
    start += at(start).length;
  }
  while (side !== 'left' && end > start) {
    const isPair = end - start > 1 && at(end - 2).length > 1;
    const last = at(isPair ? end - 2 : end - 1);
    if (!set.has(last)) {
      break;
    }
    end -= last.length;
  }
  return text.slice(start, end);
}

export function trimSpace(text: string): string {
  return trimCharacters(text, SPACES, 'both');
}
