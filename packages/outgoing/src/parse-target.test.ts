import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, type MayCall } from './is-public-address.ts';
import type { OutgoingError } from './outgoing-error.ts';
import { parseTarget } from './parse-target.ts';

function codeOf(url: string, mayCall: MayCall = isPublicAddress): string {
  try {
    parseTarget(url, mayCall);
  } catch (error) {
    return (error as OutgoingError).code;
  }
  return 'taken';
}

/** Every way in which C's inet_aton, and so the URL parser, reads an IPv4 address: https://url.spec.whatwg.org/#concept-ipv4-parser */
const spelling = (octets: readonly number[]) => {
  const number = (value: number) =>
    fc.constantFrom(String(value), `0x${value.toString(16)}`, `0X00${value.toString(16)}`, `0${value.toString(8)}`);
  return fc.constantFrom(1, 2, 3, 4).chain((parts) => {
    const head = octets.slice(0, parts - 1);
    const last = octets.slice(parts - 1).reduce((total, octet) => total * 256 + octet, 0);
    return fc.tuple(...[...head, last].map(number)).map((words) => words.join('.'));
  });
};
const octet = fc.nat(255);
const privateAddress = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
  fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
  fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
);

describe('parseTarget', () => {
  it('refuses private addresses however they are spelled', () => {
    const host = privateAddress
      .chain((octets) => fc.tuple(spelling(octets), fc.constant(octets)))
      .chain(([spelled, octets]) =>
        fc.constantFrom(
          spelled,
          `${spelled}.`,
          `[::ffff:${octets.join('.')}]`,
          `[0:0:0:0:0:FFFF:${octets.join('.')}]`,
          encodeURIComponent(spelled).replaceAll('.', '%2e'),
          spelled.replaceAll('.', '。'),
        ),
      );
    fc.assert(
      fc.property(host, (spelled) => {
        expect(codeOf(`http://${spelled}/x`)).toBe('refused-address');
        expect(codeOf(`http://${spelled}/x`, () => true)).toBe('taken');
      }),
    );
  });

  it.each([
    'not a url',
    '//host',
    'file:///etc/passwd',
    'gopher://host/',
    'data:text/plain,x',
    'javascript:alert(1)',
    'ws://host/',
    'https://user@host/',
    'https://:password@host/',
    'https://host:25/',
    'http://host:6379/',
    'http://host:0/',
    'https://host:22/',
    'http://[fe80::1%25eth0]/',
    `https://host/${'a'.repeat(2048)}`,
  ])('refuses %s', (url) => expect(codeOf(url)).toBe('refused-request'));

  it.each([
    'https://hooks.example.com/a?b=c',
    'http://8.8.8.8:8080/',
    'https://[2606:4700::1111]/',
    'http://localhost/',
  ])('takes %s', (url) => expect(codeOf(url)).toBe('taken'));

  it('leaves the fragment behind, which is nobody else’s business', () => {
    expect(parseTarget('https://host/a#secret', isPublicAddress).href).toBe('https://host/a');
  });
});
