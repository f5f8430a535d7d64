import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

it.each([
  ['/logs?q=a b#x', '/logs?q=a%20b#x'],
  ['/', '/'],
  [undefined, '/'],
  ['', '/'],
  ['logs', '/'],
  ['https://evil.example/x', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/a/..//evil.example', '/'],
  [`/${'x'.repeat(2000)}`, '/'],
])('makes of %j the path %j', (text, path) => {
  expect(ownPath(text)).toBe(path);
});

it('never leads to another origin', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    ':',
    '@',
    '\t',
    '\n',
    '%2f',
    'evil.example',
    'http:',
    '?',
    '#',
    ' ',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece).map((pieces) => `/${pieces.join('')}`),
  );
  fc.assert(
    fc.property(text, (given) => {
      const path = ownPath(given);
      expect(path).toMatch(/^\/(?![/\\])/);
      expect(new URL(path, 'https://aegis.example').origin).toBe('https://aegis.example');
    }),
  );
});
