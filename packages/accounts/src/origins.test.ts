import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowedOrigin, parseOrigin } from './origins.ts';

describe('allow-listed origins', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['HTTPS://Shop.EXAMPLE', 'https://shop.example'],
    ['https://shop.example:443', 'https://shop.example'],
    ['https://shop.example:8443', 'https://shop.example:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1', 'http://127.0.0.1'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://*.example.com', 'https://*.example.com'],
    ['https://*.Example.com:8443', 'https://*.example.com:8443'],
    ['capacitor://localhost', 'capacitor://localhost'],
    ['chrome-extension://abcdefghijklmnop', 'chrome-extension://abcdefghijklmnop'],
    ['*', '*'],
  ])('takes %s', (text, origin) => {
    expect(parseOrigin(text)).toBe(origin);
    expect(parseOrigin(origin)).toBe(origin);
  });

  it.each([
    '',
    'null',
    'shop.example',
    '//shop.example',
    'https://',
    'https://shop.example/',
    'https://shop.example/path',
    'https://shop.example?x',
    'https://user@shop.example',
    'https://*',
    'https://*.',
    'https://*shop.example',
    'https://a.*.example',
    'https://**.example',
    '*.example.com',
    'https://shop.example:99999',
    'https://shop example',
    'https://shop.example\n',
    'https://%73hop.example',
    'file://host',
    'data:text/html',
    '**',
  ])('refuses %j', (text) => {
    expect(() => parseOrigin(text)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });
});

describe('an Origin header', () => {
  const allowed = ['https://shop.example', 'https://*.example.com', 'http://*.local.test:8080'];

  it.each(['https://shop.example', 'https://a.example.com', 'https://a.b-c.example.com', 'http://x.local.test:8080'])(
    '%s is let in',
    (header) => {
      expect(isAllowedOrigin(allowed, header)).toBe(true);
    },
  );

  it.each([
    '',
    'null',
    'http://shop.example',
    'https://shop.example:8443',
    'https://a.shop.example',
    'https://example.com',
    'https://.example.com.evil.test',
    'https://evil.test/.example.com',
    'https://evil.test?.example.com',
    'https://evil.test#.example.com',
    'https://evil@.example.com',
    'https://evilexample.com',
    'https://a.example.com:444',
    'http://x.local.test',
    '*',
    'https://*.example.com',
  ])('%j is not', (header) => {
    expect(isAllowedOrigin(allowed, header)).toBe(false);
  });

  it('is let in from anywhere by *, but for the origin that is none', () => {
    fc.assert(fc.property(fc.webUrl(), (url) => isAllowedOrigin(['*'], new URL(url).origin)));
    expect(isAllowedOrigin(['*'], 'null')).toBe(false);
    expect(isAllowedOrigin([], 'https://shop.example')).toBe(false);
  });
});
