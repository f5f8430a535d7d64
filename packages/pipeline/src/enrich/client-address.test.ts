import { describe, expect, it } from 'vitest';
import { addressIn, isPublicAddress } from './client-address.ts';

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7:8080 ', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]"', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
    ['unknown', undefined],
    ['203.0.113.256', undefined],
    ['1.2.3', undefined],
    ['', undefined],
    ['1'.repeat(1_000_000), undefined],
  ])('in %j is %s', (text, address) => {
    expect(addressIn(text)).toBe(address);
  });

  it.each(['8.8.8.8', '100.63.0.1', '172.32.0.1', '192.169.0.1', '2a00:1450::1', '::ffff:8.8.8.8'])(
    '%s is public',
    (text) => {
      expect(isPublicAddress(text)).toBe(true);
    },
  );

  it.each([
    '10.0.0.5',
    '127.0.0.1',
    '100.64.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.1.1',
    '224.0.0.1',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
  ])('%s is not', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });
});
