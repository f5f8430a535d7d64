/** Names longer than this are judged by their end, where the word stands that says what the value is. */
const NAME_CHARS_MAX = 100;

const OTHER = 0;
const LOWER = 1;
const UPPER = 2;
const DIGIT = 3;

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) {
    return LOWER;
  }
  if (code >= 65 && code <= 90) {
    return UPPER;
  }
  if (code >= 48 && code <= 57) {
    return DIGIT;
  }
  return code > 127 ? LOWER : OTHER;
}

/** Whether a word begins at an upper-case letter: `clientSecret`, `APIKey`, not within `API`. */
function isHump(name: string, at: number, before: number): boolean {
  if (before === LOWER || before === DIGIT) {
    return true;
  }
  return before === UPPER && at + 1 < name.length && kindOf(name.charCodeAt(at + 1)) === LOWER;
}

/** The words of a name in lower case: of `X-Api-Key`, `xApiKey`, `x.api_key` the same three. Digits stay with the letters before them. */
export function nameSegments(name: string): string[] {
  const text = name.length > NAME_CHARS_MAX ? name.slice(-NAME_CHARS_MAX) : name;
  const lower = text.toLowerCase();
  // Some capitals outside of ASCII change the length in lower case; their names have no humps of ours to find.
  const humps = lower.length === text.length;
  const segments: string[] = [];
  let start = 0;
  let before = OTHER;
  for (let at = 0; at < lower.length; at += 1) {
    const kind = kindOf((humps ? text : lower).charCodeAt(at));
    if (kind === OTHER || (kind === UPPER && isHump(text, at, before))) {
      if (at > start) {
        segments.push(lower.slice(start, at));
      }
      start = kind === OTHER ? at + 1 : at;
    }
    before = kind;
  }
  if (start < lower.length) {
    segments.push(lower.slice(start));
  }
  return segments;
}
