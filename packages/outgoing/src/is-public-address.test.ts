import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './is-public-address.ts';

/** IANA's table, written down a second time: https://www.iana.org/assignments/iana-ipv4-special-registry; multicast and above as one. */
const SPECIAL_V4 = new BlockList();
for (const range of [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24',
  '192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3',
].flatMap((line) => line.split(' '))) {
  const [network = '', prefix] = range.split('/');
  SPECIAL_V4.addSubnet(network, Number(prefix), 'ipv4');
}

const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
/** Any address, the special ones and their borders more often than they are. */
const anyV4 = fc.oneof(
  fc.nat(0xffffffff),
  fc
    .tuple(fc.constantFrom(0, 0x0a, 0x64, 0x7f, 0xa9, 0xac, 0xc0, 0xc6, 0xcb, 0xe0, 0xff), fc.nat(0xffffff))
    .map(([first, rest]) => first * 0x1000000 + rest),
  fc
    .tuple(fc.constantFrom(0x0a, 0x6440, 0x7f, 0xa9fe, 0xac10, 0xc0a8, 0xc612, 0xe0), fc.constantFrom(-1, 0))
    .map(([network, step]) => network * (network > 255 ? 0x10000 : 0x1000000) + step),
);

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '1.1.1.1', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001::1', '64:ff9b::808:808'])(
    'lets %s through',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this host', '0.0.0.0'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['private', '10.1.2.3'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['cloud metadata', '169.254.169.254'],
    ['shared by a carrier', '100.64.0.1'],
    ['benchmarks', '198.19.0.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped metadata', '::ffff:a9fe:a9fe'],
    ['compatible loopback', '::127.0.0.1'],
    ['translated', '::ffff:0:127.0.0.1'],
    ['NAT64 of a private one', '64:ff9b::10.0.0.1'],
    ['local NAT64', '64:ff9b:1::808:808'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['6to4', '2002:808:808::1'],
    ['Teredo', '2001::1'],
    ['documentation', '2001:db8::1'],
    ['unique local', 'fd00::1'],
    ['AWS metadata', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['not handed out', '4000::1'],
    ['segment routing', '5f00::1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('refuses %s: %s', (_class, address) => expect(isPublicAddress(address)).toBe(false));

  it('agrees with the registry, and takes what is mapped or translated for what it stands for', () => {
    fc.assert(
      fc.property(anyV4, (number) => {
        const address = dotted(number);
        const expected = !SPECIAL_V4.check(address);
        expect(isPublicAddress(address)).toBe(expected);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(expected);
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(expected);
        for (const zeros of ['::', '0::', '::0:', '0:0:0:0:0:0:']) {
          expect(isPublicAddress(`${zeros}${address}`)).toBe(false);
        }
      }),
    );
  });

  it('takes IPv6 from 2000::/3 only', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = Number.parseInt(address.startsWith(':') ? '0' : address, 16);
        const isHandedOut = first >= 0x2000 && first <= 0x3fff;
        expect(isIP(address)).toBe(6);
        expect(isPublicAddress(address) && !isHandedOut).toBe(false);
      }),
    );
  });
});
