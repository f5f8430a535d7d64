import { describe, expect, it } from 'vitest';
import { normalizeEmail, parseEmail } from './email.ts';

describe('e-mail addresses', () => {
  it('are one however they are typed', () => {
    expect(normalizeEmail('  Ada@Example.COM ')).toBe('ada@example.com');
    expect(normalizeEmail('J\u00c4GER@x.de')).toBe(normalizeEmail('ja\u0308ger@x.de'));
  });

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'a b@example.com',
    'a@b@c',
    'nul\u0000@example.com',
    `${'x'.repeat(250)}@y.de`,
  ])('refuses %j', (text) => {
    expect(() => parseEmail(text)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });

  it.each(['ada@localhost', "o'brien+tag@example.com", 'ada@[127.0.0.1]'])('takes %s', (text) => {
    expect(parseEmail(text)).toBe(text);
  });
});
