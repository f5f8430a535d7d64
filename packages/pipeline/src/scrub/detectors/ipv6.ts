// https://www.rfc-editor.org/rfc/rfc4291#section-2.2
import type { PrivacyPolicy } from '@aegisguard/model';
import type { Detector } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { IPV6_LENGTH_MAX, isPrivateIpv6, parseIpv6 } from './ip-address.ts';
import { WORD } from './word-character.ts';

const COLON = 58;
const DOT = 46;
const GROUP_LENGTH_MAX = 4;
/** A run that is longer is no address, but may have the punctuation of a sentence around one. */
const RUN_LENGTH_MAX = IPV6_LENGTH_MAX + 8;
/** Eight pairs: an EUI-64, a port of a storage network. */
const EIGHT_PAIRS = /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){7}$/;
/** The year and the time of `24-Jan-2024::05:28:56`, as Erlang/OTP writes it. */
const ERLANG_TIME = /^\d{4}::\d\d:\d\d:\d\d$/;
/** RFC 4007: the zone of a link-local address. */
const ZONE = /^%[A-Za-z0-9._~-]{1,16}/;

/** Finds IPv6 addresses; private ones only when the policy says so. */
export function createIpv6Detector(policy: PrivacyPolicy): Detector {
  return {
    name: 'ip',
    needs: TextFeature.ipv6Colons,
    find(text, _field, report) {
      let free = 0;
      for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', free)) {
        const runStart = startOfGroup(text, colon, free);
        free = endOfRun(text, colon);
        if (text.lastIndexOf(':', free - 1) === colon) {
          // A colon alone, as names and values, times and lines of files have it.
          continue;
        }
        const range = addressWithin(text, runStart, free);
        const groups = range === undefined ? undefined : parseIpv6(text.slice(range.start, range.end));
        if (range === undefined || groups === undefined || !isPlausible(text, range, groups)) {
          continue;
        }
        if (policy.scrubPrivateAddresses || !isPrivateIpv6(groups)) {
          report(range.start, range.end + zoneLength(text, range.end, groups));
        }
      }
    },
  };
}

/** Where the hexadecimal digits before the first colon begin. */
function startOfGroup(text: string, colon: number, free: number): number {
  let start = colon;
  while (start > free && colon - start < GROUP_LENGTH_MAX && isHexDigit(text.charCodeAt(start - 1))) {
    start -= 1;
  }
  return start;
}

function endOfRun(text: string, colon: number): number {
  let end = colon + 1;
  for (
    let code = text.charCodeAt(end);
    code === COLON || code === DOT || isHexDigit(code);
    code = text.charCodeAt(end)
  ) {
    end += 1;
  }
  return end;
}

function isHexDigit(code: number): boolean {
  const lower = code | 32;
  return (code >= 48 && code <= 57) || (lower >= 97 && lower <= 102);
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
  if (EIGHT_PAIRS.test(value) || ERLANG_TIME.test(value) || !/\d/.test(value)) {
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
