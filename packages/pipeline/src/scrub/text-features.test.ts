import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featuresOf, TextFeature } from './text-features.ts';

/** What each bit means, said by an expression. */
const MEANINGS: Readonly<Record<keyof typeof TextFeature, RegExp>> = {
  at: /@|%40|%25/,
  sevenDigits: /(?:[0-9](?:[ .+%()/-]|[^\0-\x7f])*){7}/,
  signs: /[,>]|\|\||--/,
  longRun: /[A-Za-z0-9_-]{16}/,
  assignment: /[=:]/,
  jsonBase64: /eyJ/,
  dashes: /-----/,
  nonAscii: /[^\0-\x7f]/,
  threeDottedDigits: /(?:[0-9]\.(?=[0-9])[\s\S]*?){3}/,
  ipv6Colons: /::|(?:[^:]*:){6}/,
  nineDigits: /(?:[0-9](?:[ .+%()/-]|[^\0-\x7f])*){9}/,
  thirteenDigits: /(?:[0-9](?:[ .+%()/-]|[^\0-\x7f])*){13}/,
  iban: /^(?=(?:[^0-9]*[0-9]){7})[\s\S]*(?:[A-Z]{2}|(?<![A-Za-z0-9])[a-z]{2})[0-9]{2}/,
  escapes: /[%\\]/,
};

const names = Object.keys(TextFeature) as (keyof typeof TextFeature)[];
const piece = fc.oneof(
  fc.constantFrom(
    '@',
    '%40',
    '%2',
    '::',
    ':',
    '://',
    '=',
    'eyJ',
    '-----',
    '--',
    '-',
    '|',
    '||',
    ',',
    '>',
    '.',
    '1.2.3.4',
    'DE89',
    'de89',
    '\\',
    'é',
    '😀',
    '\ud800',
    ' ',
    '\0',
  ),
  fc.stringMatching(/^[A-Za-z0-9_.-]{0,20}$/),
  fc.stringMatching(/^[0-9 .+()/-]{0,20}$/),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('featuresOf', () => {
  it('has the bits of what is there, whatever was looked at before', () => {
    fc.assert(
      fc.property(text, (sample) => {
        const bits = featuresOf(sample);
        const said = names.filter((name) => (bits & TextFeature[name]) !== 0);
        // A lone half of a pair is another byte sequence, but outside of ASCII all the same.
        expect(said).toEqual(names.filter((name) => MEANINGS[name].test(sample)));
      }),
      { numRuns: 3000 },
    );
  });

  it('says the same of a text past the shared buffer', () => {
    const long = `${'x '.repeat(60_000)}@ DE89 1234567890123`;
    expect(featuresOf(long)).toBe(featuresOf(long.slice(-60)));
  });
});
