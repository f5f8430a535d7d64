import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceedsJsonValues } from './exceeds-json-values.ts';

/** Commas and opening brackets, found through the parsed value. */
function structureOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  const members = Object.values(value);
  return 1 + Math.max(0, members.length - 1) + members.reduce((sum: number, member) => sum + structureOf(member), 0);
}

describe('exceedsJsonValues', () => {
  it('counts the structure of any JSON, and nothing inside strings', () => {
    const text = fc.string({ unit: fc.constantFrom('"', '\\', '[', '{', ',', 'é', 'a', '\n', '\u0000') });
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(text, tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1), (value, indent) => {
        const bytes = Buffer.from(JSON.stringify([value], null, indent));
        const count = structureOf([value]);
        expect(exceedsJsonValues(bytes, count)).toBe(false);
        expect(exceedsJsonValues(bytes, count - 1)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['"', '"\\', '"\\"', '"[[[', '"a\\\\\\'])('ends with a string that does not: %s', (text) => {
    expect(exceedsJsonValues(Buffer.from(text), 0)).toBe(false);
  });
});
