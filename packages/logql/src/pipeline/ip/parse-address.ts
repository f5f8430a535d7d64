// Addresses as texts: RFC 4291 §2.2 and dotted decimals without leading zeros, as Go's net/netip reads them.

/** An address as numbers that can be compared one by one: an IPv4 address as one of 32 bits, an IPv6 address as eight of 16. */
export type IpAddress = readonly number[];

const OCTETS = 4;
const GROUPS = 8;
const OCTET_SIZE = 256;
const ZERO = 0x30;
const DOT = 0x2e;
const LONGEST_ADDRESS = 45;
const GROUP = /^[0-9a-fA-F]{1,4}$/;

/** The address that the whole text is; undefined when it is none. Zones are not read. */
export function parseAddress(text: string): IpAddress | undefined {
  if (text.length > LONGEST_ADDRESS) {
    return;
  }
  if (text.includes(':')) {
    return parseIpv6(text);
  }
  const value = parseIpv4(text);
  return value === undefined ? undefined : [value];
}

/** Less than, equal to or greater than zero; an IPv4 address comes before every IPv6 one. */
export function compareAddresses(a: IpAddress, b: IpAddress): number {
  if (a.length !== b.length) {
    return a.length - b.length;
  }
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function parseIpv4(text: string): number | undefined {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let octets = 1;
  for (let i = 0; i < text.length; i += 1) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit === DOT - ZERO && digits > 0) {
      value = value * OCTET_SIZE + octet;
      octet = 0;
      digits = 0;
      octets += 1;
    } else if (digit >= 0 && digit <= 9 && !(digits > 0 && octet === 0)) {
      octet = octet * 10 + digit;
      digits += 1;
    } else {
      return;
    }
    if (octet >= OCTET_SIZE) {
      return;
    }
  }
  return octets === OCTETS && digits > 0 ? value * OCTET_SIZE + octet : undefined;
}

function parseIpv6(text: string): IpAddress | undefined {
  const gap = text.indexOf('::');
  if (gap === -1) {
    const groups = parseGroups(text, true);
    return groups?.length === GROUPS ? groups : undefined;
  }
  const before = gap === 0 ? [] : parseGroups(text.slice(0, gap), false);
  const after = gap + 2 === text.length ? [] : parseGroups(text.slice(gap + 2), true);
  // The gap stands for at least one group.
  if (before === undefined || after === undefined || before.length + after.length >= GROUPS) {
    return;
  }
  return [...before, ...Array<number>(GROUPS - before.length - after.length).fill(0), ...after];
}

/** Groups between colons; the last may be an IPv4 address, which is two of them, where that is allowed. */
function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (GROUP.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const embedded = mayEndInIpv4 && i === parts.length - 1 ? parseIpv4(part) : undefined;
    if (embedded === undefined) {
      return;
    }
    groups.push(Math.floor(embedded / 0x10000), embedded % 0x10000);
  }
  return groups;
}
