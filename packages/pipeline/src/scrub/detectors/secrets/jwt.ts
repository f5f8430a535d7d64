// https://www.rfc-editor.org/rfc/rfc7519, https://www.rfc-editor.org/rfc/rfc7516 (five parts)
import type { Detector } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';
import { isRunChar, skipClass } from './char-classes.ts';

const BEGINNING = 'eyJ';
/** Headers with certificates in them are some thousand characters long. */
const HEADER_CHARS_MAX = 8192;
const HEADER_MEMBERS = ['"alg"', '"enc"', '"typ"', '"kid"'];
/** Names of members of a header as they look in base64: the characters that are the same whatever is around them, for each of the three ways a name can lie. No header needs to be decoded. */
const ENCODED_MEMBERS = HEADER_MEMBERS.flatMap((member) =>
  [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${' '.repeat(before)}${member}`).toString('base64url');
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + member.length) * 8) / 6));
  }),
);
/** Shorter ones have no room for a member and its value. */
const HEADER_CHARS_MIN = 16;
/** Header, key, vector, text, tag. */
const PARTS_MAX = 5;
const DOT = 46;

function isHeader(text: string, start: number, end: number): boolean {
  if (end - start < HEADER_CHARS_MIN || end - start > HEADER_CHARS_MAX) {
    return false;
  }
  const header = text.slice(start, end);
  return ENCODED_MEMBERS.some((member) => header.includes(member));
}

/** Where a token ends whose first part ends at `end`. */
function tokenEnd(text: string, end: number): number {
  let at = end;
  for (let part = 1; part < PARTS_MAX && text.charCodeAt(at) === DOT; part += 1) {
    const next = skipClass(text, at + 1, text.length, isRunChar);
    if (next === at + 1 && text.charCodeAt(next) !== DOT) {
      // An empty signature, or the end of a sentence; neither has more to hide.
      return part === 2 ? next : at;
    }
    at = next;
  }
  return at;
}

/** JSON Web Tokens: signed, unsigned and encrypted ones, and those that are cut off behind the payload's beginning. */
export const jwtDetector: Detector = {
  name: 'jwt',
  needs: TextFeature.jsonBase64,
  find(text, _field, report) {
    let at = text.indexOf(BEGINNING);
    while (at !== -1) {
      const headerEnd = skipClass(text, at, text.length, isRunChar);
      let next = headerEnd;
      if (text.charCodeAt(headerEnd) === DOT && isHeader(text, at, headerEnd)) {
        next = tokenEnd(text, headerEnd);
        if (next > headerEnd + 1) {
          report(at, next);
        }
      }
      at = text.indexOf(BEGINNING, next);
    }
  },
};
