// https://www.rfc-editor.org/rfc/rfc4291#section-2.2
import type { PrivacyPolicy } from '@aegisguard/model';
import type { Detector } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { IPV6_LENGTH_MAX, isPrivateIpv6, parseIpv6 } from './ip-address.ts';

/** Runs of the characters that addresses are made of. */
const RUN = /[0-9A-Fa-f:.]+/g;
const WORD = /[\p{L}\p{N}_]/u;
/** A run that is longer is no address, but may have the punctuation of a sentence around one. */
const RUN_LENGTH_MAX = IPV6_LENGTH_MAX + 8;
/** Eight pairs: an EUI-64, a port of a storage network. */
const EIGHT_PAIRS = /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){7}$/;
/** RFC 4007: the zone of a link-local address. */
const ZONE = /^%[A-Za-z0-9._~-]{1,16}/;

/** Finds IPv6 addresses; private ones only when the policy says so. */
export function createIpv6Detector(policy: PrivacyPolicy): Detector {
  return {
    name: 'ip',
    needs: TextFeature.ipv6Colons,
    find(text, _field, report) {
      for (const match of text.matchAll(RUN)) {
        const range = addressWithin(text, match.index, match.index + match[0].length);
        if (range === undefined) {
          continue;
        }
        const groups = parseIpv6(text.slice(range.start, range.end));
        if (
          groups !== undefined &&
          (policy.scrubPrivateAddresses || !isPrivateIpv6(groups)) &&
          isPlausible(text, range, groups)
        ) {
          report(range.start, range.end + zoneLength(text, range.end, groups));
        }
      }
    },
  };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The run without what belongs to the sentence: `client:2001:db8::1,`, `2001:db8::1.`, `2001:db8::1: refused`. */
function addressWithin(text: string, runStart: number, runEnd: number): Range | undefined {
  if (runEnd - runStart < 3 || runEnd - runStart > RUN_LENGTH_MAX) {
    return undefined;
  }
  let start = runStart;
  let end = runEnd;
  if (start > 0 && WORD.test(text.charAt(start - 1))) {
    // The end of a word, up to its colon: `ce` of `source:2001:db8::1`.
    const colon = text.indexOf(':', start);
    if (colon < 0 || colon >= end) {
      return undefined;
    }
    start = colon;
  }
  while (text.charAt(start) === '.' || (text.charAt(start) === ':' && text.charAt(start + 1) !== ':')) {
    start += 1;
  }
  while (
    end > start &&
    (text.charAt(end - 1) === '.' || (text.charAt(end - 1) === ':' && text.charAt(end - 2) !== ':'))
  ) {
    end -= 1;
  }
  return WORD.test(text.charAt(end)) ? undefined : { start, end };
}

/** Forms of few groups outside of what is given to networks (2000::/3) and of what is private are more often `std::…` or a range: they count when they are all there is, or in brackets. */
function isPlausible(text: string, { start, end }: Range, groups: readonly number[]): boolean {
  const value = text.slice(start, end);
  if (EIGHT_PAIRS.test(value) || !/\d/.test(value)) {
    return false;
  }
  const first = groups[0] ?? 0;
  const isGiven = (first >= 0x2000 && first <= 0x3fff) || first >= 0xfc00 || value.includes('.');
  return (
    isGiven || value.split(':').length > 4 || (start === 0 && end === text.length) || text.charAt(start - 1) === '['
  );
}

function zoneLength(text: string, end: number, groups: readonly number[]): number {
  // Elsewhere a percent sign is the beginning of an escape.
  const isLocal = ((groups[0] ?? 0) & 0xff00) >= 0xfe00;
  return isLocal ? (ZONE.exec(text.slice(end, end + 17))?.[0].length ?? 0) : 0;
}
