import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoteInput } from './record-rejection.ts';

it.each([
  ['http_requests_total', '"http_requests_total"'],
  ['__name__', '"__name__"'],
  ['kube.pod-name', '"kube.pod-name"'],
  ['exported:job2', '"exported:job2"'],
  ['', '""'],
])('a name stands as it is: %j', (name, quoted) => {
  expect(quoteInput(name)).toBe(quoted);
});

it.each([
  ['alice.smith@example.com', '"aaaaa.aaaaa@aaaaaaa.aaa"'],
  ['2026-13-45 25h', '"0000-00-00 00a"'],
  [4111_1111_1111_1111, '"0000000000000000"'],
  ['Zoë Weiß', '"Aaa Aaaa"'],
  [-1.5e-7, '"-0.0a-0"'],
])('of %j only the form is said', (value, form) => {
  expect(quoteInput(value)).toBe(form);
});

it('no digit of a value longer than three is told, and no more than its beginning', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1000 }), (text, number) => {
      const quoted = quoteInput(`${text}${number}`);
      expect(quoted.replaceAll(/\\u[0-9a-f]{4}/g, '')).not.toMatch(/[1-9]\d{3}/);
      expect(quoted.length).toBeLessThan(60 * 6 + 4);
    }),
  );
});
