// Addresses inside of texts, found as Loki finds them: https://grafana.com/docs/loki/latest/query/ip/
import { type IpRange, isInRange, parseIpRange } from './ip-range.ts';
import { parseAddress } from './parse-address.ts';

const IPV4_CHARS = /[0-9.]*/y;
const IPV6_CHARS = /[0-9a-fA-F:.]*/y;
/** How many characters must be left for an address to be looked for. */
const IPV4_AHEAD = 4;
const IPV6_AHEAD = 5;
/** A run of characters that is longer is no address, and is not cut out. */
const LONGEST_ADDRESS = 45;

const DOT = 0x2e;
const COLON = 0x3a;

/** Looks for an address of a range in texts. */
export class IpSearch {
  readonly #range: IpRange;

  /** Throws `invalid-query` for what names no addresses. */
  constructor(text: string) {
    this.#range = parseIpRange(text);
  }

  /**
   * Whether an address of the range stands anywhere in the text. Where a run of characters looks like an address, it is one as a whole or not at all, and the
   * search goes on behind it: linear for every text.
   */
  test(text: string): boolean {
    for (let at = 0; at + IPV4_AHEAD <= text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (!isHexDigit(code) && code !== COLON) {
        continue;
      }
      const chars = looksLikeIpv4(text, at) ? IPV4_CHARS : looksLikeIpv6(text, at) ? IPV6_CHARS : undefined;
      if (chars === undefined) {
        continue;
      }
      chars.lastIndex = at;
      chars.test(text);
      const end = chars.lastIndex;
      const address = end - at <= LONGEST_ADDRESS ? parseAddress(text.slice(at, end)) : undefined;
      if (address !== undefined && isInRange(address, this.#range)) {
        return true;
      }
      at = end;
    }
    return false;
  }
}

function looksLikeIpv4(text: string, at: number): boolean {
  return (
    isDigit(text.charCodeAt(at)) &&
    (text.charCodeAt(at + 1) === DOT || text.charCodeAt(at + 2) === DOT || text.charCodeAt(at + 3) === DOT)
  );
}

/** `::` and a digit, or a colon behind one to four digits. */
function looksLikeIpv6(text: string, at: number): boolean {
  if (at + IPV6_AHEAD > text.length) {
    return false;
  }
  if (text.charCodeAt(at) === COLON) {
    return text.charCodeAt(at + 1) === COLON && isHexDigit(text.charCodeAt(at + 2));
  }
  for (let i = at; i < at + IPV6_AHEAD; i += 1) {
    const code = text.charCodeAt(i);
    if (!isHexDigit(code)) {
      return code === COLON && i > at;
    }
  }
  return false;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46);
}
