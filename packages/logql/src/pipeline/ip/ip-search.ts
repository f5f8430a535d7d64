// Addresses inside of texts, found as Loki finds them: https://grafana.com/docs/loki/latest/query/ip/
import { type IpRange, isInRange, parseIpRange } from './ip-range.ts';
import { parseAddress } from './parse-address.ts';

/** Where an IPv4 address may begin: a digit with a dot among the next three characters; or an IPv6 address: `::` and a digit, or a colon behind one to four digits. */
const BEGINNING = /([0-9](?=.{0,2}\.))|::[0-9a-fA-F]|[0-9a-fA-F]{1,4}:/gs;
const IPV4_CHARS = /[0-9.]*/y;
const IPV6_CHARS = /[0-9a-fA-F:.]*/y;
/** How many characters must be left for an address to be looked for. */
const IPV4_AHEAD = 4;
const IPV6_AHEAD = 5;
/** A run of characters that is longer is no address, and is not cut out. */
const LONGEST_ADDRESS = 45;

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
    BEGINNING.lastIndex = 0;
    for (let found = BEGINNING.exec(text); found !== null; found = BEGINNING.exec(text)) {
      const at = found.index;
      const isIpv4 = found[1] !== undefined;
      if (at + (isIpv4 ? IPV4_AHEAD : IPV6_AHEAD) > text.length) {
        BEGINNING.lastIndex = at + 1;
        continue;
      }
      const end = endOf(isIpv4 ? IPV4_CHARS : IPV6_CHARS, text, at);
      const address = end - at <= LONGEST_ADDRESS ? parseAddress(text.slice(at, end)) : undefined;
      if (address !== undefined && isInRange(address, this.#range)) {
        return true;
      }
      BEGINNING.lastIndex = end + 1;
    }
    return false;
  }
}

function endOf(chars: RegExp, text: string, at: number): number {
  chars.lastIndex = at;
  chars.test(text);
  return chars.lastIndex;
}
