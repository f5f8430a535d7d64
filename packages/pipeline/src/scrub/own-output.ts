/** The longest that we write: `[HASH:<40 characters of a rule's name>:<16 hex>]`. */
const TOKEN_LENGTH_MAX = 70;
const TOKEN = /^\[(?:REDACTED:[a-z][a-z0-9-]{0,39}|HASH:[a-z][a-z0-9-]{0,39}:[0-9a-f]{16})\]$/;
/** What stands for the part of a value that a mask hides. */
export const MASKED = '****';

/** Whether a text can have any, before each finding is looked at. */
export function mayHaveOwnOutput(text: string): boolean {
  return text.includes('[REDACTED:') || text.includes('[HASH:') || text.includes(MASKED);
}

/** Whether a part of a text is what scrubbing wrote: a second pass over its own output must find nothing. */
export function isOwnOutput(text: string, start: number, end: number): boolean {
  // Windows, so that many findings in a long text cost no more than the text.
  const from = Math.max(0, start - TOKEN_LENGTH_MAX);
  const open = text.slice(from, start + 1).lastIndexOf('[');
  if (open >= 0 && end - start < TOKEN_LENGTH_MAX) {
    const token = text.slice(from + open, from + open + TOKEN_LENGTH_MAX);
    const length = token.indexOf(']') + 1;
    if (from + open + length >= end && TOKEN.test(token.slice(0, length))) {
      return true;
    }
  }
  return end - start <= 4 && text.slice(Math.max(0, start - MASKED.length), start) === MASKED;
}
