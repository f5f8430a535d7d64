import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrubWith } from '../testing/scrub-with.ts';
import { createScrubber } from './scrubber.ts';

const TEXT = 'Ann <Ann@Example.org> paid with 4111 1111 1111 1111 from 203.0.113.7';
const FIELD = { name: 'message', place: 'message' };

describe('scrubText', () => {
  it('says what it replaced, and where', () => {
    const told: unknown[] = [];
    const scrubber = createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32));
    const scrubbed = scrubber.scrubText(TEXT, FIELD, (...what) => told.push(what));
    expect(scrubbed).toBe('Ann <[REDACTED:email]> paid with [REDACTED:card] from 203.0.113.0');
    expect(told).toEqual([
      ['email', 'redact', 5, 20],
      ['card', 'redact', 32, 51],
      ['ip', 'truncate', 57, 68],
    ]);
  });

  it.each([
    ['mask', 'Ann <***@Example.org> paid with ****1111 from ****13.7'],
    ['drop', 'Ann <> paid with  from '],
    ['keep', TEXT],
  ])('%s', (strategy, scrubbed) => {
    const scrub = scrubWith({ detectors: { email: strategy, card: strategy, ip: strategy } });
    expect(scrub(TEXT).text).toBe(scrubbed);
  });

  it.each([
    ['<password>hunter2</password>', '<password>[REDACTED:secret]</password>'],
    ['mysql --password hunter2 db', 'mysql --password [REDACTED:secret] db'],
    ['redirect?next=%2Fa%3Ftoken%3Dhunter2abc', 'redirect?next=%2Fa%3Ftoken%3D[REDACTED:secret]'],
  ])('looks through %s, which has no name and value as most have', (text, scrubbed) => {
    expect(scrubWith({})(text).text).toBe(scrubbed);
  });

  it('stops a detector behind a thousand findings, and takes the rest of the text as one more', () => {
    let count = 0;
    const scrubber = createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32));
    const scrubbed = scrubber.scrubText(`${'a@b.de '.repeat(1005)}end`, FIELD, () => {
      count += 1;
    });
    expect(scrubbed).toBe(`${'[REDACTED:email] '.repeat(1000)}[REDACTED:email]`);
    expect(count).toBe(1001);
  });

  it('joins equal values in other spelling by their hash, within one organization', () => {
    const detectors = { email: 'hash', card: 'hash', iban: 'hash', ssn: 'hash' };
    const scrub = scrubWith({ detectors });
    const other = scrubWith({ detectors }, new Uint8Array(32).fill(1));
    const spellings = [
      ['Ann@Example.org', 'ann@example.org', 'ann%40example.org'],
      ['4111 1111 1111 1111', '4111111111111111', '4111-1111-1111-1111'],
      ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', 'de89370400440532013000'],
      ['123-45-6789', '123 45 6789'],
    ];
    for (const values of spellings) {
      const hashes = new Set(values.map((value) => scrub(value).text));
      expect([...hashes]).toEqual([expect.stringMatching(/^\[HASH:[a-z]+:[0-9a-f]{16}\]$/)]);
      expect(hashes.has(other(values[0] ?? '').text)).toBe(false);
    }
  });

  it.each([
    [{ field: 'order.id' }, 'attributes.order.id', true],
    [{ field: 'ATTRIBUTES.Order.*' }, 'attributes.order.id', true],
    [{ field: '*.id', detectors: ['card'] }, 'attributes.order.id', true],
    [{ field: '*.id', detectors: ['email'] }, 'attributes.order.id', false],
    [{ field: 'a*b*.id' }, 'attributes.order.id', true],
    [{ field: 'a*z*.id' }, 'attributes.order.id', false],
    [{ field: 'order' }, 'attributes.order.id', false],
    [{ field: '*der.id*' }, 'attributes.order.id', true],
  ])('allows %j at %s: %s', (allowed, place, isAllowed) => {
    const scrub = scrubWith({ allowedFields: [allowed] });
    const expected = isAllowed ? '4111111111111111' : '[REDACTED:card]';
    expect(scrub('4111111111111111', place).text).toBe(expected);
    expect(scrub('4111111111111111', place).text).toBe(expected);
    expect(scrub('4111111111111111', 'message').text).toBe('[REDACTED:card]');
  });

  it('tells fields apart that have the same path, because it was cut', () => {
    const settings = { ...DEFAULT_PRIVACY_POLICY, allowedFields: [{ field: 'contact' }] };
    const scrubber = createScrubber(settings, new Uint8Array(32));
    const place = `attributes.${'x'.repeat(188)}…`;
    const scrub = (name: string) => scrubber.scrubText('ann@example.org', { name, place }, () => undefined);
    expect(['contact', 'other', ''].map(scrub)).toEqual(['ann@example.org', '[REDACTED:email]', '[REDACTED:email]']);
  });

  const words = fc.constantFrom(
    'ann@example.org',
    '4111 1111 1111 1111',
    '4111111111111111',
    'DE89370400440532013000',
    '123-45-6789',
    '203.0.113.7',
    '2001:db8:1:2::9',
    '::ffff:203.0.113.7',
    'user%40example.org',
    'order',
    '17',
    '"',
    '{"a":',
    '\\n',
    'https://shop.example.org/?q=',
    'ssn:',
    'é',
  );
  const strategy = fc.constantFrom('redact', 'mask', 'hash', 'keep');

  it('finds nothing in what it has written', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), strategy, strategy, fc.boolean(), (parts, one, two, all) => {
        const scrub = scrubWith({
          detectors: { email: one, card: two, iban: one, ssn: two, ip: all ? one : 'truncate' },
          scrubPrivateAddresses: all,
        });
        const once = scrub(parts.join(' ')).text;
        expect(scrub(once)).toEqual({ text: once, found: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('takes every text, and gives the same one back when nothing is in it', () => {
    const scrubber = createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let found = 0;
        const scrubbed = scrubber.scrubText(text, FIELD, () => {
          found += 1;
        });
        expect(found > 0 || Object.is(scrubbed, text)).toBe(true);
      }),
    );
  });
});
