// https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3 (atoms), https://www.rfc-editor.org/rfc/rfc5322#section-3.2.4 (quoted strings)
import { isTextBeyondAscii } from './text-beyond-ascii.ts';

/** RFC 5321 allows 64 octets; senders of test data and systems that mark deleted users write more, and those are about persons, too. */
const LOCAL_PART_MAX = 128;
const QUOTE = 34;
const BACKSLASH = 92;

const ATOM = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.") {
  ATOM[character.charCodeAt(0)] = 1;
}
/** Characters that may be in a local part, and that in logs and URLs stand before one: `email=`, `/users/`, `?a&`, `a|b`. */
const DIVIDERS = /[=/?&|#{}`]/;
/** What encloses or decorates. */
const LEADING = /^['*`~{}|.!?&=/#$^]+/;
/** `name=`, `/path/`, `?a=`: a text that is nothing but an address is one up to its beginning, unless it begins like these. */
const NAMED = /^(?:[A-Za-z_][\w.-]*=|[/?&#]|[^@]*&[\w.-]+=)/;

/** Where the local part that ends at an `@` begins; `at` itself when there is none. Nothing before `from` belongs to it. */
export function startOfLocalPart(text: string, at: number, from: number, endsText: boolean): number {
  const first = Math.max(from, at - LOCAL_PART_MAX);
  let start = at;
  while (start > first) {
    const before = text.charCodeAt(start - 1);
    if (before === QUOTE) {
      const opening = openingQuote(text, start - 1, first);
      if (opening < 0) {
        break;
      }
      start = opening;
      // Only a dot joins a quoted string to what stands before.
      if (text.charAt(start - 1) !== '.') {
        return start;
      }
      continue;
    }
    if (!isAtom(text, start - 1, before)) {
      break;
    }
    start -= 1;
  }
  return start === at ? at : withoutSurroundings(text, start, at, endsText);
}

function isAtom(text: string, at: number, code: number): boolean {
  return code < 128 ? ATOM[code] === 1 : isTextBeyondAscii(text, at);
}

/** Where the quoted string begins that ends at this quote; only directly before the `@` or a dot it is one. -1 when there is none. */
function openingQuote(text: string, closing: number, first: number): number {
  const behind = text.charAt(closing + 1);
  if ((behind !== '@' && behind !== '.') || isEscaped(text, closing, first)) {
    return -1;
  }
  for (let at = closing - 1; at >= first; at -= 1) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      return -1;
    }
    if (code === QUOTE && !isEscaped(text, at, first)) {
      return at;
    }
  }
  return -1;
}

function isEscaped(text: string, at: number, first: number): boolean {
  let backslashes = 0;
  while (at - 1 - backslashes >= first && text.charCodeAt(at - 1 - backslashes) === BACKSLASH) {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}

function withoutSurroundings(text: string, start: number, at: number, endsText: boolean): number {
  const run = text.slice(start, at);
  if (start === 0 && endsText && !NAMED.test(run)) {
    return start;
  }
  let kept = at;
  while (kept > start && !DIVIDERS.test(text.charAt(kept - 1))) {
    kept -= 1;
  }
  const leading = LEADING.exec(text.slice(kept, at))?.[0].length ?? 0;
  // What is nothing but such characters is an odd name, not a decoration.
  return kept === at || kept + leading === at ? start : kept + leading;
}
