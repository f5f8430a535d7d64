/** Tokens of a line that count; the rest of a longer one is one token. */
const TOKENS_MAX = 80;
/** UTF-16 units of a line that count. */
const LINE_LENGTH_MAX = 4096;

/** A line's tokens, and what stands before each of them and behind the last: one more than tokens. */
export interface TokenizedLine {
  readonly tokens: readonly string[];
  readonly gaps: readonly string[];
}

const COLON = 58;
/** Characters that never belong to a value: spaces, quotes, brackets, and what stands between a name and its value or between members. */
const GAPS = new Set(Array.from('\t\n\r "\'(),;<=>[]`{|}', (char) => char.charCodeAt(0)));
const DOUBLE_QUOTE = 34;
const QUOTES = new Set([DOUBLE_QUOTE, 39, 96]);
/** A user agent, as access logs have them in quotes, begins with a product and its version: https://www.rfc-editor.org/rfc/rfc9110#name-user-agent */
const PRODUCT = /[A-Za-z][\w.+-]{0,63}\/\d/y;

function isGap(line: string, at: number): boolean {
  const char = line.charCodeAt(at);
  return char === COLON ? !isInsideValue(line, at) : GAPS.has(char);
}

/** Times, addresses and URLs have colons inside; a name and its value have one between them. */
function isInsideValue(line: string, at: number): boolean {
  const before = line.charCodeAt(at - 1);
  const after = line.charCodeAt(at + 1);
  if (QUOTES.has(before)) {
    return false;
  }
  const isHexLetter = after >= 97 && after <= 102;
  return after === 47 || after === COLON || isDigit(after) || (isHexLetter && (before === COLON || isDigit(before)));
}

/** Where the token that begins at `start` ends; a user agent in quotes is one. */
function tokenEnd(line: string, start: number, end: number): number {
  if (line.charCodeAt(start - 1) === DOUBLE_QUOTE) {
    PRODUCT.lastIndex = start;
    const close = PRODUCT.test(line) ? line.indexOf('"', start) : -1;
    if (close !== -1 && close < end) {
      return close;
    }
  }
  let at = start;
  while (at < end && !isGap(line, at)) {
    at += 1;
  }
  return at;
}

function isDigit(char: number): boolean {
  return char >= 48 && char <= 57;
}

/** Cuts a line into what may vary and what stands between. Joined again in turns, gaps and tokens are the line. */
export function tokenizeLine(line: string): TokenizedLine {
  const end = Math.min(line.length, LINE_LENGTH_MAX);
  const tokens: string[] = [];
  const gaps: string[] = [];
  let gapStart = 0;
  let at = 0;
  while (at < end) {
    if (isGap(line, at)) {
      at += 1;
      continue;
    }
    gaps.push(line.slice(gapStart, at));
    if (tokens.length === TOKENS_MAX - 1) {
      tokens.push(line.slice(at));
      gaps.push('');
      return { tokens, gaps };
    }
    const start = at;
    at = tokenEnd(line, start, end);
    tokens.push(at === end ? line.slice(start) : line.slice(start, at));
    gapStart = at;
  }
  if (tokens.length > 0 && gapStart === end) {
    gaps.push('');
  } else {
    gaps.push(line.slice(gapStart));
  }
  return { tokens, gaps };
}
