import { isIP } from 'node:net';

/** Longest text of an IPv6 address with a zone and a port. */
const LENGTH_MAX = 80;
const BRACKETED = /^\[([^\]]{2,60})\](?::\d{1,5})?$/;
const IPV4_WITH_PORT = /^([\d.]{7,15}):\d{1,5}$/;
const MAPPED = /^::ffff:([\d.]{7,15})$/i;
const ZONE = /%[\w.-]{1,30}$/;

/** The address in a text that may have blanks or quotes around it, brackets, a port or a zone; `undefined` when it is none. */
export function addressIn(text: string): string | undefined {
  if (text.length > LENGTH_MAX) {
    return undefined;
  }
  if (isIP(text) !== 0) {
    return text.replace(ZONE, '');
  }
  const bare = text.trim().replace(/^"|"$/g, '');
  const address = (BRACKETED.exec(bare)?.[1] ?? IPV4_WITH_PORT.exec(bare)?.[1] ?? bare).replace(ZONE, '');
  return isIP(address) === 0 ? undefined : address;
}

/** Whether an address may be somewhere in the world: https://www.iana.org/assignments/iana-ipv4-special-registry; of IPv6 only 2000::/3 is handed out so far. */
export function isPublicAddress(address: string): boolean {
  if (!address.includes(':')) {
    return isPublicIpv4(address);
  }
  const mapped = MAPPED.exec(address)?.[1];
  const first = Number.parseInt(address, 16);
  return mapped === undefined ? first >= 0x2000 && first <= 0x3fff : isPublicIpv4(mapped);
}

function isPublicIpv4(address: string): boolean {
  const first = Number.parseInt(address, 10);
  const second = Number.parseInt(address.slice(address.indexOf('.') + 1), 10);
  switch (first) {
    case 0:
    case 10:
    case 127:
      return false;
    case 100:
      return second < 64 || second > 127;
    case 169:
      return second !== 254;
    case 172:
      return second < 16 || second > 31;
    case 192:
      return second !== 168;
    default:
      return first < 224;
  }
}
