// https://www.rfc-editor.org/rfc/rfc7519, https://www.rfc-editor.org/rfc/rfc7516 (five parts)
import type { Detector } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';
import { isRunChar, skipClass } from './char-classes.ts';

const BEGINNING = 'eyJ';
/** Headers with certificates in them are some thousand characters long. */
const HEADER_CHARS_MAX = 8192;
const HEADER_MEMBER = /"(?:alg|enc|typ|kid)"\s*:/;
/** Header, key, vector, text, tag. */
const PARTS_MAX = 5;
const DOT = 46;

function isHeader(part: string): boolean {
  if (part.length > HEADER_CHARS_MAX) {
    return false;
  }
  const json = Buffer.from(part, 'base64url').toString('latin1');
  return json.startsWith('{"') && HEADER_MEMBER.test(json);
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
      if (text.charCodeAt(headerEnd) === DOT && isHeader(text.slice(at, headerEnd))) {
        next = tokenEnd(text, headerEnd);
        if (next > headerEnd + 1) {
          report(at, next);
        }
      }
      at = text.indexOf(BEGINNING, next);
    }
  },
};
