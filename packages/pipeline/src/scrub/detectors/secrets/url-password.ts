// https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
import type { Detector } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';
import { isAlphanumeric, isDigit } from './char-classes.ts';
import { isPlaceholder } from './placeholders.ts';

/** As URLs have it, and as JSON of PHP escapes it. */
const SEPARATORS = ['://', ':\\/\\/'] as const;
const AT = 64;
const COLON = 58;
/** What ends a URL in a text: blanks, quotes, tags. */
const URL_END = new Set([...' \t\r\n"\'<>`\u00a0'].map((character) => character.charCodeAt(0)));
/** What ends its authority. */
const AUTHORITY_END = new Set([...'/?#\\'].map((character) => character.charCodeAt(0)));
/** A name without a password is a token when it is as long as those are: `https://<token>@github.com`. */
const TOKEN = /^(?=.*\d)(?=.*[A-Za-z])[\w-]{20,}$/;
const CHARACTERS_MAX = 1024;

/** The last `@` between `from` and `to`, -1 when there is none. A password may have some that are not encoded. */
function lastAt(text: string, from: number, to: number): number {
  let at = to - 1;
  while (at >= from && text.charCodeAt(at) !== AT) {
    at -= 1;
  }
  return at >= from ? at : -1;
}

/** Where a URL's authority ends. A password may have `/`, `?` and `#` in it that are not encoded: then no port, which has digits only, stands behind the colon. */
function userInfoEnd(text: string, from: number, limit: number): number {
  // The colons of an IPv6 address are in brackets, and nobody is before it.
  if (text[from] === '[') {
    return -1;
  }
  let colon = -1;
  let at = from;
  let isPort = true;
  for (; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (URL_END.has(code) || AUTHORITY_END.has(code)) {
      break;
    }
    if (colon !== -1) {
      isPort &&= isDigit(code);
    } else if (code === COLON) {
      colon = at;
    }
  }
  const inAuthority = lastAt(text, from, at);
  if (inAuthority !== -1 || colon === -1 || (isPort && at > colon + 1) || at === colon + 1) {
    return inAuthority;
  }
  while (at < limit && text.charCodeAt(at) !== AT && !URL_END.has(text.charCodeAt(at))) {
    at += 1;
  }
  return at < limit && text.charCodeAt(at) === AT ? at : -1;
}

/** The password of the URL whose authority begins at `from`. */
function passwordAt(text: string, from: number, limit: number): readonly [start: number, end: number] | undefined {
  const end = userInfoEnd(text, from, limit);
  if (end === -1 || !(isAlphanumeric(text.charCodeAt(end + 1)) || text[end + 1] === '[' || text[end + 1] === '_')) {
    return undefined;
  }
  const user = text.slice(from, end);
  const colon = user.indexOf(':') + from;
  if (colon < from) {
    return TOKEN.test(user) ? [from, end] : undefined;
  }
  // A token may be the name, with a word for a password: `https://<token>:x-oauth-basic@github.com`.
  const start = /^(?:x-oauth-basic|x)?$/.test(text.slice(colon + 1, end)) ? from : colon + 1;
  const isValue = end > start && (start > from || TOKEN.test(text.slice(start, colon)));
  return isValue && !isPlaceholder(text.slice(start, end)) ? [start, start === from ? colon : end] : undefined;
}

/** The password of `scheme://user:password@host`, or a token in the user's place. */
export const urlPasswordDetector: Detector = {
  name: 'url-password',
  needs: TextFeature.at,
  find(text, _field, report) {
    const separator = SEPARATORS.find((candidate) => text.includes(candidate));
    for (const other of SEPARATORS) {
      if (separator === undefined || (other !== separator && !text.includes(other))) {
        continue;
      }
      let next = text.indexOf(other);
      while (next !== -1) {
        const from = next + other.length;
        next = text.indexOf(other, from);
        // What begins a further URL is not looked at: each character belongs to one.
        const limit = Math.min(next === -1 ? text.length : next, from + CHARACTERS_MAX);
        const found = passwordAt(text, from, limit);
        if (found !== undefined) {
          report(found[0], found[1]);
        }
      }
    }
  },
};
