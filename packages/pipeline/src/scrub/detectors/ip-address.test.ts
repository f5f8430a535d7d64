import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpv4, parseIpv6, truncateAddress } from './ip-address.ts';

const odd = fc
  .array(fc.constantFrom('0', '1', '25', '255', '256', '01', 'f', 'ffff', '10000', '.', ':', '::', '1.2.3.4'), {
    maxLength: 18,
  })
  .map((parts) => parts.join(''));

describe('addresses', () => {
  it('are what Node takes for some', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), odd), (text) => {
        expect(parseIpv4(text) !== undefined).toBe(isIPv4(text));
        expect(parseIpv6(text) !== undefined).toBe(isIPv6(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['203.0.113.7', '203.0.113.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['2001:0DB8:0000::1', '2001:db8::'],
    ['::ffff:203.0.113.7', '203.0.113.0'],
    ['::2:3:4:5:6', '::'],
    ['fe80::1%eth0', 'fe80::'],
  ])('%s becomes %s, and stays it', (address, network) => {
    expect(truncateAddress(address)).toBe(network);
    expect(truncateAddress(network)).toBe(network);
  });

  it('are not made of anything else', () => {
    expect(truncateAddress('web-1')).toBeUndefined();
  });
});
