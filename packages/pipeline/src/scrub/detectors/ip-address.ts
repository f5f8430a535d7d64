// https://www.rfc-editor.org/rfc/rfc4291#section-2.2 (IPv6 in text), https://www.rfc-editor.org/rfc/rfc5952#section-4 (its canonical form)

const IPV4_LENGTH_MAX = 15;
/** `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`. */
export const IPV6_LENGTH_MAX = 45;
const GROUPS = 8;
const DOT = 46;

/** The four octets as one number, or undefined. Octets with leading zeros are none: some read them as octal, and versions and dates have them. */
export function parseIpv4(text: string): number | undefined {
  if (text.length > IPV4_LENGTH_MAX) {
    return undefined;
  }
  let address = 0;
  let dots = 0;
  let octet = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : DOT;
    if (code === DOT) {
      if (octet < 0 || octet > 255) {
        return undefined;
      }
      address = address * 256 + octet;
      octet = -1;
      dots += 1;
    } else if (code < 48 || code > 57 || octet === 0) {
      return undefined;
    } else {
      octet = Math.max(octet, 0) * 10 + code - 48;
    }
  }
  return dots === 4 ? address : undefined;
}

/** The eight groups, or undefined. Without brackets and zone. */
export function parseIpv6(text: string): readonly number[] | undefined {
  if (text.length < 2 || text.length > IPV6_LENGTH_MAX) {
    return undefined;
  }
  const compressed = text.indexOf('::');
  if (compressed < 0) {
    const groups = parseGroups(text, true);
    return groups?.length === GROUPS ? groups : undefined;
  }
  const before = parseGroups(text.slice(0, compressed), false);
  const after = parseGroups(text.slice(compressed + 2), true);
  if (before === undefined || after === undefined || before.length + after.length >= GROUPS) {
    return undefined;
  }
  return [...before, ...Array<number>(GROUPS - before.length - after.length).fill(0), ...after];
}

function parseGroups(text: string, mayEndInIpv4: boolean): readonly number[] | undefined {
  const groups: number[] = [];
  for (let start = 0; start < text.length; ) {
    const colon = text.indexOf(':', start);
    const end = colon < 0 ? text.length : colon;
    const group = parseGroup(text, start, end);
    if (group >= 0) {
      groups.push(group);
    } else {
      const ipv4 = mayEndInIpv4 && colon < 0 ? parseIpv4(text.slice(start)) : undefined;
      if (ipv4 === undefined) {
        return undefined;
      }
      groups.push(Math.floor(ipv4 / 0x10000), ipv4 % 0x10000);
    }
    // A colon at the end has no group behind.
    if (end === text.length - 1) {
      return undefined;
    }
    start = end + 1;
  }
  return groups;
}

/** One to four hexadecimal digits, or -1. */
function parseGroup(text: string, start: number, end: number): number {
  if (end === start || end - start > 4) {
    return -1;
  }
  let group = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const lower = code | 32;
    if (code >= 48 && code <= 57) {
      group = group * 16 + code - 48;
    } else if (lower >= 97 && lower <= 102) {
      group = group * 16 + lower - 87;
    } else {
      return -1;
    }
  }
  return group;
}

/** The IPv4 address within an IPv4-mapped one (`::ffff:192.0.2.1`). */
function mappedIpv4(groups: readonly number[]): number | undefined {
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? (groups[6] ?? 0) * 0x10000 + (groups[7] ?? 0) : undefined;
}

/** [network, prefix length]. RFC 1918, 1122 (this host, loopback), 3927 (link-local), 6598 (shared by a carrier's customers). */
const PRIVATE_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 32],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

const PRIVATE_IPV4_RANGES = PRIVATE_IPV4.map(([network, prefix]) => {
  const first = parseIpv4(network) ?? 0;
  return { first, last: first + 2 ** (32 - prefix) - 1 };
});

/** Whether it names a machine of a network of its own, not one on the internet. */
export function isPrivateIpv4(address: number): boolean {
  return PRIVATE_IPV4_RANGES.some(({ first, last }) => address >= first && address <= last);
}

/** Unspecified, loopback, unique local (RFC 4193), link-local (RFC 4291), and IPv4-mapped ones that are private. */
export function isPrivateIpv6(groups: readonly number[]): boolean {
  const mapped = mappedIpv4(groups);
  if (mapped !== undefined) {
    return isPrivateIpv4(mapped);
  }
  const first = groups[0] ?? 0;
  const isUnspecifiedOrLoopback = groups.slice(0, 7).every((group) => group === 0) && (groups[7] ?? 0) <= 1;
  return isUnspecifiedOrLoopback || (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80;
}

/** Its network: /24, or /48, the rest zero, in the canonical spelling; undefined for what is no address. A zone is ignored. */
export function truncateAddress(text: string): string | undefined {
  const address = parseIpv4(text);
  if (address !== undefined) {
    return ipv4Network(address);
  }
  const groups = parseIpv6(text.split('%', 1)[0] ?? '');
  if (groups === undefined) {
    return undefined;
  }
  const mapped = mappedIpv4(groups);
  return mapped === undefined ? ipv6Network(groups) : ipv4Network(mapped);
}

function ipv4Network(address: number): string {
  const octet = (position: number): number => Math.floor(address / 256 ** position) % 256;
  return `${octet(3)}.${octet(2)}.${octet(1)}.0`;
}

/** Only the first three groups are left, so that the longest run of zeros is the one at the end. */
function ipv6Network(groups: readonly number[]): string {
  const kept = groups.slice(0, 3);
  while (kept.at(-1) === 0) {
    kept.pop();
  }
  return `${kept.map((group) => group.toString(16)).join(':')}::`;
}
