import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../../detector.ts';
import { KEY_FORMATS } from './api-key-formats.ts';
import { createSecretDetectors } from './create-secret-detectors.ts';
import { VENDOR_VALUES } from './vendor-values.ts';

const detectors = createSecretDetectors(DEFAULT_PRIVACY_POLICY);
const FIELD = { name: 'message', place: 'message' };
const SMALL = 64 * 1024;
const LARGE = 512 * 1024;

const UNITS: readonly string[] = [
  'a',
  '=',
  '"',
  '\\"',
  '\0',
  '\ud800',
  '-',
  ' ',
  '[',
  '<',
  'eyJ',
  'eyJ.',
  'eyJhbGciOiJIUzI1NiJ9.',
  'eyJhbGciOiJIUzI1NiJ9',
  '-----BEGIN ',
  '-----BEGIN RSA PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----\n-----END ',
  '://a:',
  '://a:b/',
  '://a@',
  '@://a:b@c',
  'password=',
  'password="',
  "password='a(",
  'password="\\"',
  'token=a(',
  'token: a ',
  'token=)',
  'key=',
  'abc=',
  'etsy=',
  'etsy=1',
  'adafruit key 1: 12345678901 ',
  '<token>',
  '<token>a(',
  '--token ',
  '--token a --',
  '"name":"token",',
  '"name":"token","value":',
  'authorization:',
  'authorization: bearer ',
  'authorization: digest ',
  'cookie: a; ',
  'cookie: a=b; ',
  'bearer ',
  'Bearer aaaaaaaaaaaaaaaaa',
  'curl -u a ',
  'curl "-u"',
  "-u '",
  'kind: Secret\ndata:\n',
  'kind: Secret\ndata:\n a: b\n',
  'kind: Secret ',
  '"data":{',
  '1234567890123456|',
  '123456:AA',
  '1%',
  'Q~',
  '1Q~a',
  'AZDO',
  ...new Set(KEY_FORMATS.map(({ prefix }) => prefix)),
  ...VENDOR_VALUES.map(([vendor]) => `${vendor}=`),
];

function run(detector: Detector, text: string): number {
  const start = performance.now();
  detector.find(text, FIELD, () => undefined);
  return performance.now() - start;
}

/** Of a flood that is linear the time grows by eight, not by sixty-four; the least of a few runs is free of the machine's other work. */
function growth(detector: Detector, unit: string): number {
  const small = unit.repeat(Math.ceil(SMALL / unit.length));
  const large = unit.repeat(Math.ceil(LARGE / unit.length));
  const once = run(detector, large);
  // Far below the bound of 50 ms per MB: nothing to compare.
  if (once < 10) {
    return 1;
  }
  const best = (text: string): number => Math.min(...Array.from({ length: 3 }, () => run(detector, text)));
  return best(large) / Math.max(best(small), 0.2);
}

describe('detectors of secrets', () => {
  it('take time linear in the text for floods of everything that they look for', () => {
    const slow = UNITS.flatMap((unit) =>
      detectors.flatMap((detector) => {
        const factor = growth(detector, unit);
        return factor > 24 ? [`${detector.name} on ${JSON.stringify(unit)}: ${factor.toFixed(0)}`] : [];
      }),
    );
    expect(slow).toEqual([]);
  });

  it('report ranges of the text, ascending and apart, for any text', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(...UNITS),
      fc.constantFrom('x1y2z3a4b5c6d7e8', '\n', '&', '; '),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), fc.string({ maxLength: 10 }), (pieces, name) => {
        const text = pieces.join('');
        for (const detector of detectors) {
          let done = 0;
          detector.find(text, { name, place: name }, (start, end) => {
            expect(start).toBeGreaterThanOrEqual(done);
            expect(end).toBeGreaterThan(start);
            done = end;
          });
          expect(done).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
