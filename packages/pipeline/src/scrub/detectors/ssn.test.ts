import { describe, expect, it } from 'vitest';
import { marked } from '../../testing/marked.ts';
import { only, scrubWith } from '../../testing/scrub-with.ts';

const scrub = scrubWith(only('ssn'));

const FOUND = [
  '«123-45-6789»',
  'my ssn is «123-45-6789».',
  '/people/«536-22-1234»/edit',
  'row,«536-22-1234»,x',
  '?ssn=«536%2D22%2D1234»',
  'ssn: «536221234»',
  'SSN «536 22 1234»',
  'social security number «536.22.1234»',
  '«536 22 1234»',
  '«536.22.1234»',
  'given as «536 22 1234» by them',
  '客户«536-22-1234»请',
  '—«536-22-1234»—',
  'row -«536-22-1234»- end',
  'tel 5, «536–22–1234»',
  '{"ssn":"«536221234»"}',
];

const NOT_FOUND = [
  '000-12-3456',
  '666-12-3456',
  '900-12-3456',
  '123-00-4567',
  '123-45-0000',
  '078-05-1120',
  '123456789',
  'order 536221234',
  'GET / 200 45 1234',
  '"GET / HTTP/1.1" 200 12 1234',
  '123-45-67890',
  '1123-45-6789',
  'a123-45-6789',
  '123-45-6789-1',
  '9-123-45-6789',
  '+1 123-45-6789',
  'version 123.45.6789',
  'read 123 45 6789, wrote 7',
  '550e8400-e29b-41d4-a716-446655440000',
  '123-45 6789',
];

describe('ssn', () => {
  it.each(FOUND)('%s', (sample) => {
    const { text, scrubbed } = marked(sample, '[REDACTED:ssn]');
    expect(scrub(text).text).toBe(scrubbed);
    expect(scrub(scrubbed)).toEqual({ text: scrubbed, found: [] });
  });

  it.each(NOT_FOUND)('%s has none', (text) => {
    expect(scrub(text)).toEqual({ text, found: [] });
  });

  it('believes the name of the field', () => {
    expect(scrub('536221234', 'attributes.user.ssn').text).toBe('[REDACTED:ssn]');
    expect(scrub('536221234', 'attributes.order.id').text).toBe('536221234');
  });
});
