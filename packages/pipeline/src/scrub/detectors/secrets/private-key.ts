// https://www.rfc-editor.org/rfc/rfc7468 (PEM), https://www.rfc-editor.org/rfc/rfc4880#section-6.2 (PGP armor)
import type { Detector } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';

const BEGIN = '-----BEGIN ';
const END = '-----END ';
/** A label has a handful of words: `-----BEGIN PGP PRIVATE KEY BLOCK-----`. */
const LABEL = /(?:[A-Z0-9]+ ){0,5}PRIVATE KEY(?: BLOCK)?-----/y;
/** What a key that was cut off goes on with, behind a line end that may be escaped: a line of base64, or the headers of an encrypted one. */
const BODY = /(?:\s|\\+[nr])*(?:[A-Za-z0-9+/=]{16}|Proc-Type|Version:|Comment:|Charset:)/y;

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Where the marker `-----END … PRIVATE KEY-----` ends that comes first behind `from`; the text's end for a key that was cut off; -1 when no key is there. */
function keyEnd(text: string, from: number): number {
  for (let at = text.indexOf(END, from); at !== -1; at = text.indexOf(END, at + END.length)) {
    const end = matchEnd(LABEL, text, at + END.length);
    if (end !== -1) {
      return end;
    }
  }
  return matchEnd(BODY, text, from) === -1 ? -1 : text.length;
}

/** Blocks of private keys, on many lines, on one, or with escaped line ends; also those that are cut off. */
export const privateKeyDetector: Detector = {
  name: 'private-key',
  needs: TextFeature.dashes,
  find(text, _field, report) {
    for (let at = text.indexOf(BEGIN); at !== -1; ) {
      const bodyStart = matchEnd(LABEL, text, at + BEGIN.length);
      if (bodyStart === -1) {
        at = text.indexOf(BEGIN, at + BEGIN.length);
        continue;
      }
      const end = keyEnd(text, bodyStart);
      if (end === -1) {
        // No end marker is in the rest, so only a key that is cut off can follow: the last marker begins it.
        const last = text.lastIndexOf(BEGIN);
        const lastBody = last > at ? matchEnd(LABEL, text, last + BEGIN.length) : -1;
        if (lastBody !== -1 && matchEnd(BODY, text, lastBody) !== -1) {
          report(last, text.length);
        }
        return;
      }
      report(at, end);
      at = text.indexOf(BEGIN, end);
    }
  },
};
