import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAccessLine } from './access-line.ts';

const HEAD = '203.0.113.9 - alice [26/Nov/2026:13:55:36 +0000]';

describe('a line of an access log', () => {
  it('says the address and the user agent', () => {
    expect(readAccessLine(`${HEAD} "GET /a?b=1 HTTP/1.1" 200 2326 "https://x.example/" "curl/8.5.0"`)).toEqual({
      address: '203.0.113.9',
      userAgent: 'curl/8.5.0',
    });
    expect(readAccessLine('2001:db8::1 - - [26/Nov/2026:13:55:36 +0000] "-" 400 - "-" "a \\" b" 0.005 "x"')).toEqual({
      address: '2001:db8::1',
      userAgent: 'a \\" b',
    });
  });

  it.each([
    '',
    '12 items were sold',
    '203.0.113.9 is down',
    HEAD,
    `${HEAD} "GET / HTTP/1.1" 200 12`,
    `${HEAD} "GET / HTTP/1.1" 200 12 "-"`,
    `${HEAD} "GET / HTTP/1.1" 200 12 "-" "no end`,
    `${HEAD} "GET / HTTP/1.1`,
    `x ${HEAD} "GET / HTTP/1.1" 200 12 "-" "curl/8"`,
  ])('%j is none', (message) => {
    expect(readAccessLine(message)).toBeUndefined();
  });

  it('is read whatever the request, the referer and the agent are', () => {
    const quoted = fc.string().map((text) => text.replace(/["\\]/g, '\\$&'));
    fc.assert(
      fc.property(quoted, quoted, quoted, (request, referer, userAgent) => {
        const line = `${HEAD} "${request}" 200 5 "${referer}" "${userAgent}"`;
        expect(readAccessLine(line)).toEqual({ address: '203.0.113.9', userAgent });
      }),
    );
  });
});
