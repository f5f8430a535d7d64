import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../cpu-ms.ts';
import type { Detector } from '../../detector.ts';
import { SECRET_FRAGMENTS } from '../../testing/flood-fragments.ts';
import { KEY_FORMATS } from './api-key-formats.ts';
import { createSecretDetectors } from './create-secret-detectors.ts';
import { VENDOR_VALUES } from './vendor-values.ts';

const detectors = createSecretDetectors(DEFAULT_PRIVACY_POLICY);
const FIELD = { name: 'message', place: 'message' };
const SMALL = 1024;
const LARGE = 8 * 1024;
/** Far above the resolution of the clock, far below what a flood takes that is not linear. */
const MEASURABLE_MS = 8;

/** What only one detector looks for. */
const KEY_UNITS = [...new Set(KEY_FORMATS.map(({ prefix }) => prefix))];
const VENDOR_UNITS = VENDOR_VALUES.map(([vendor]) => `${vendor}=1`);

/** Milliseconds of this thread's own time: what else the machine does is not in it. */
function run(detector: Detector, text: string): number {
  const start = cpuMs();
  detector.find(text, FIELD, () => undefined);
  return cpuMs() - start;
}

/** Units of whose floods a long one takes much more time than as many short ones as are as long together: the same if linear, eightfold if quadratic. */
function slowUnits(detector: Detector, units: readonly string[]): string[] {
  const flood = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length));
  return units.filter((unit) => {
    const large = flood(unit, LARGE);
    if (run(detector, large) < MEASURABLE_MS) {
      return false;
    }
    const small = Array.from({ length: LARGE / SMALL }, (_, i) => flood(unit, SMALL + i));
    const best = (texts: readonly string[]): number =>
      Math.min(...[1, 2, 3].map(() => texts.reduce((sum, text) => sum + run(detector, text), 0)));
    const together = best([large]);
    return together >= MEASURABLE_MS && together > 4 * best(small);
  });
}

describe('detectors of secrets', () => {
  it('take time linear in the text for floods of everything that they look for', () => {
    const slow = detectors.flatMap((detector) => {
      const own = { 'api-key': KEY_UNITS, secret: VENDOR_UNITS }[detector.name as string] ?? [];
      return slowUnits(detector, [...SECRET_FRAGMENTS, ...own]).map((unit) => `${detector.name}: ${unit}`);
    });
    expect(slow).toEqual([]);
  });

  it('report ranges of the text, ascending and apart, for any text', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(...SECRET_FRAGMENTS),
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
      // Found by chance: nothing stands behind the scheme.
      { numRuns: 100, examples: [[['authorization: digest ', '\\"'], '']] },
    );
  });
});
