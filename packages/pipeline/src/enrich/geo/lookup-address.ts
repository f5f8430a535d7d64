import { BlockList, isIP } from 'node:net';

/**
 * Addresses that lie nowhere: private, shared, loopback, link-local, documentation, benchmarking, multicast, reserved.
 * https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const NOWHERE_V4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
const NOWHERE_V6: readonly (readonly [network: string, prefix: number])[] = [
  ['::', 128],
  ['::1', 128],
  ['100::', 64],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

const nowhere = new BlockList();
for (const [network, prefix] of NOWHERE_V4) {
  nowhere.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of NOWHERE_V6) {
  nowhere.addSubnet(network, prefix, 'ipv6');
}

/** The longest text of an address: a mapped one in full, with a zone and brackets. */
const LENGTH_MAX = 64;
const MAPPED = /^(?:::|(?:0{1,4}:){5})ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i;

/** An address that can be looked up. */
export interface LookupAddress {
  readonly family: 4 | 6;
  readonly text: string;
}

/** Reads an address as telemetry has it: in brackets, with a zone, IPv4 mapped into IPv6. Undefined for what is none, and for one that lies nowhere. */
export function lookupAddress(text: string): LookupAddress | undefined {
  if (text.length > LENGTH_MAX) {
    return undefined;
  }
  const bare = withoutZone(text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text);
  const plain = mappedV4(bare) ?? bare;
  const family = isIP(plain);
  if (family === 4) {
    return nowhere.check(plain, 'ipv4') ? undefined : { family, text: plain };
  }
  return family === 6 && !nowhere.check(plain, 'ipv6') ? { family, text: plain } : undefined;
}

function withoutZone(text: string): string {
  const at = text.indexOf('%');
  return at < 0 ? text : text.slice(0, at);
}

function mappedV4(text: string): string | undefined {
  const [, dotted, high, low] = MAPPED.exec(text) ?? [];
  if (dotted !== undefined) {
    return dotted;
  }
  if (high === undefined || low === undefined) {
    return undefined;
  }
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}
