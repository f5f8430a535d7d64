const CHARS_MAX = 80;
/** Controls, line ends, and marks that turn the direction of writing. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/gu;
/** What mail programs make links of begins with one of these between other characters: `a.example`, `https://…`, `tel:…`, `x@y`; U+3002 counts as a dot in host names. */
const JOINTS = /([.:@/\\\u3002])(?=\S)/gu;
/** What a cut must not leave before the ellipsis. */
const JOINTS_AT_END = /[.:@/\\\u3002\s]+$/u;

/**
 * A name that somebody chose, as it may stand in a mail of ours: one line, not long, and nothing in it that a mail program would make a link of. Otherwise an organization called
 * `Urgent: see evil.example` would have us send its link to anybody, in our name.
 */
export function plainName(name: string): string {
  const line = name.normalize('NFKC').replace(INVISIBLE, ' ').replace(JOINTS, '$1 ').replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  if (characters.length <= CHARS_MAX) {
    return line;
  }
  const kept = characters.slice(0, CHARS_MAX - 1).join('');
  return `${kept.replace(JOINTS_AT_END, '')}…`;
}
