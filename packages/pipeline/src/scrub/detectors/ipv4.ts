// https://www.rfc-editor.org/rfc/rfc791#section-3.2 (addresses), https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 (tokens, of which product names are made)
import type { PrivacyPolicy } from '@aegisguard/model';
import { wordsBefore } from '../context-words.ts';
import type { Detector } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { isPrivateIpv4, parseIpv4 } from './ip-address.ts';
import { WORD } from './word-character.ts';

/** Four groups of digits that are not of five or more. Each repetition is bounded and ends at a character that the next does not take. */
const QUAD = /(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/g;
/** Fields that hold versions and the like. */
const VERSION_NAME = /version|release|firmware|revision|build|(?:^|[._-])(?:oid|ver|sdk)$/;
/** What a version stands behind. `v="8.0.0.0"` is how client hints (https://wicg.github.io/ua-client-hints/) write it, and `rv:1.9.0.3` how Firefox did. */
const VERSION_BEFORE =
  /(?:\b(?:version|versions|ver|vers|v|release|rel|build|rev|revision|firmware|oid|section|chapter|kernel|sdk|rv)\b["']?\s?[.:=#]{0,2}\s?["'(]?|[~^]\s?|[=><!~]=\s?)$/;
/** A product and its version: `Chrome/96.0.46.110`. A host and its address (`db.example.com/203.0.113.7`, as Java writes it) has a dot, and a path a slash before. */
const PRODUCT_BEFORE = /(?:^|[^a-z0-9_./-])[a-z][a-z0-9_-]*\/$/;
/** Segments of paths behind which versions stand. */
const VERSION_PATH =
  /\/(?:[a-z0-9_-]*(?:version|release|download|dist|npm|packages?|tags?|libs?|static|assets|sdk)[a-z0-9_-]*|v)\/(?:[a-z0-9_-]+\/)?$/;
/** A name and a version: `nginx-1.2.3.4`. */
const NAME_DASH_BEFORE = /[a-z_]-$/;
/** Nearly all that stands behind an address; the expression for versions need not be asked. */
const END_OF_ADDRESS = /^[\s:,;)\]"'/]?$/;
/** Ends of versions: `1.2.3.4-SNAPSHOT`, `1.2.3.4-1`, `1.2.3.4+build`, `1.2.3.4~rc1`, and of files. */
const VERSION_AFTER =
  /^(?:[+~]|-(?!\d{1,3}\.\d{1,3}\.\d{1,3}\.\d)[\p{L}\p{N}]|\.(?:jar|tgz|tar|zip|gz|whl|rpm|deb|exe|dll|so|js|css|min)\b)/u;

/** Finds IPv4 addresses; private ones only when the policy says so. */
export function createIpv4Detector(policy: PrivacyPolicy): Detector {
  return {
    name: 'ip',
    needs: TextFeature.threeDottedDigits,
    find(text, field, report) {
      const proseFrom = VERSION_NAME.test(field.name) ? endOfFirstWord(text) : 0;
      for (const match of text.matchAll(QUAD)) {
        const start = match.index;
        const end = start + match[0].length;
        const address =
          WORD.test(text.charAt(start - 1)) || WORD.test(text.charAt(end)) ? undefined : parseIpv4(match[0]);
        if (address === undefined || start < proseFrom || (!policy.scrubPrivateAddresses && isPrivateIpv4(address))) {
          continue;
        }
        if (end - start === text.length || !isVersion(text, start, end, address)) {
          report(start, end);
        }
      }
    },
  };
}

/** A version is the first word of its field; what follows is a sentence like any other. */
function endOfFirstWord(text: string): number {
  const blank = text.search(/\s/);
  return blank < 0 ? text.length : blank;
}

function isVersion(text: string, start: number, end: number, address: number): boolean {
  // No host has such an address, and browsers write their versions so since they froze them.
  if (address % 0x1000000 === 0 && text.charCodeAt(end) !== 47) {
    return true;
  }
  if (!END_OF_ADDRESS.test(text.charAt(end)) && VERSION_AFTER.test(text.slice(end, end + 16))) {
    return true;
  }
  const before = wordsBefore(text, start);
  switch (text.charAt(start - 1)) {
    case '/':
      return PRODUCT_BEFORE.test(before) || VERSION_PATH.test(before);
    case '-':
      return NAME_DASH_BEFORE.test(before);
    default:
      return VERSION_BEFORE.test(before);
  }
}
