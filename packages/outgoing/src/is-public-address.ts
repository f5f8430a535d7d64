import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Says whether an address, in its usual spelling, may be called. */
export type MayCall = (address: string) => boolean;

/** 64:ff9b::/96, by which a network without IPv4 reaches it: https://www.rfc-editor.org/rfc/rfc6052#section-2.1 */
const NAT64_LAST_FIXED_GROUP = 6;

/** ipaddr.js takes `::8.8.8.8` for a mapped address. It is a deprecated form of its own, that leads nowhere: https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.1 */
const IPV4_COMPATIBLE = /^[0:]+:[\d.]+$/;

/**
 * Whether an address is public unicast, so that calling it cannot reach into a network of ours. The ranges are IANA's, as ipaddr.js has them:
 * https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry
 * IPv4 within IPv6 is judged as what it stands for where routers still take it for that (mapped, NAT64); relays of old (6to4, Teredo) are refused. Of IPv6 only 2000::/3 is handed out.
 */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0 || IPV4_COMPATIBLE.test(text)) {
    return false;
  }
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) {
    return address.range() === 'unicast';
  }
  const embedded = nat64Target(address);
  if (embedded !== undefined) {
    return embedded.range() === 'unicast';
  }
  return address.range() === 'unicast' && ((address.parts[0] ?? 0) & 0xe000) === 0x2000;
}

function nat64Target(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const [first, second, ...rest] = address.parts.slice(0, NAT64_LAST_FIXED_GROUP);
  const isNat64 = first === 0x64 && second === 0xff9b && rest.every((group) => group === 0);
  return isNat64 ? new ipaddr.IPv4(address.toByteArray().slice(12)) : undefined;
}
