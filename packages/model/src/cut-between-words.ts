/** How far back a cut looks for a place between words: further than tokens reach. UTF-16 units. */
const WORD_LENGTH_MAX = 1024;
/** What no e-mail address, token or URL has inside. */
const BETWEEN_WORDS = /[\s"'`,;<>{}[\]|&]/;
/** The end of a number in groups, of a card's or an account's: `4539 5787 63`. */
const GROUPS_AT_END = /(?:[\dA-Z()+./-]{1,8}\s){1,12}$/;
/** The most that those are long. */
const GROUPS_LENGTH_MAX = 108;

/**
 * The beginning of a text, at most so many UTF-16 units, that ends between words where there is such a place: half a card's number or half an address is nothing that can be recognized, but most of it could be
 * read. The text itself when it fits.
 */
export function cutBetweenWords(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) {
    return text;
  }
  const least = Math.max(0, lengthMax - WORD_LENGTH_MAX);
  let end = lengthMax;
  while (end > least && !BETWEEN_WORDS.test(text.charAt(end - 1))) {
    end -= 1;
  }
  if (end === least) {
    return text.slice(0, lengthMax);
  }
  const groups = GROUPS_AT_END.exec(text.slice(Math.max(0, end - GROUPS_LENGTH_MAX), end));
  return text.slice(0, end - (groups?.[0].length ?? 0));
}
