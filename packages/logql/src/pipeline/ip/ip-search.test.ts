import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IpSearch } from './ip-search.ts';

describe('ip search', () => {
  it.each<[range: string, text: string, isFound: boolean]>([
    ['192.168.1.5', 'src 192.168.1.5 ok', true],
    ['192.168.1.5', 'src=192.168.1.5:8080', true],
    ['192.168.1.5', '192.168.1.50', false],
    ['192.168.1.5', '192.168.1.5.6', false],
    ['192.168.1.5', '192.168.01.5', false],
    ['192.168.1.5', '192.168.1.256', false],
    ['192.168.1.5', '', false],
    ['10.0.0.0/8', '11.0.0.1 and 10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/31', 'x10.0.0.1', true],
    ['10.0.0.0/31', 'x10.0.0.2', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['10.0.0.7/32', '10.0.0.7', true],
    ['10.0.0.5-10.0.0.9', '10.0.0.5', true],
    ['10.0.0.5-10.0.0.9', '10.0.0.9', true],
    ['10.0.0.5-10.0.0.9', '10.0.0.10', false],
    ['2001:db8::/32', 'from [2001:db8:85a3::8a2e:370:7334]:443', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1-2001:db8::ff', '2001:db8::80', true],
    ['2001:db8::1-2001:db8::ff', '2001:db8::100', false],
    ['::1', 'from ::1 ok', true],
    ['::ffff:1.2.3.4', 'from ::ffff:1.2.3.4 ok', true],
    ['1.2.3.4', 'from ::ffff:1.2.3.4 ok', false],
    ['::/0', '1.2.3.4', false],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8', true],
    ['2001:DB8::1', '2001:db8:0:0:0:0:0:1', true],
  ])('%s in %j', (range, text, isFound) => {
    expect(new IpSearch(range).test(text)).toBe(isFound);
  });

  it.each([
    '',
    'x',
    '1.2.3',
    '1.2.3.4/33',
    '1.2.3.4/01',
    '::/129',
    '2.2.2.2-1.1.1.1',
    '1.1.1.1-::1',
    '1.2.3.4-',
    '1::2::3',
    '1:2:3:4:5:6:7::8',
    ':1',
    '12345::',
  ])('refuses %j', (range) => {
    expect(() => new IpSearch(range)).toThrow(expect.objectContaining({ code: 'invalid-query' }));
  });

  it('finds every IPv4 address of a block that stands apart, and none of another', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }), octet, (a, b, c, d, length, other) => {
        const value = ((a * 256 + b) * 256 + c) * 256 + d;
        const size = 2 ** (32 - length);
        const wanted = value - (value % size) + (other % size);
        const dotted = (address: number): string =>
          [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
        const search = new IpSearch(`${dotted(value)}/${length}`);
        expect(search.test(`client=${dotted(wanted)} `)).toBe(true);
        const outside = (value - (value % size) + size) % 2 ** 32;
        expect(search.test(`client=${dotted(outside)} `)).toBe(length === 0);
      }),
    );
  });
});
