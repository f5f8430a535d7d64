import { DETECTORS } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kindColors, kindStack } from './kind-colors.ts';

const kinds = fc.uniqueArray(fc.constantFrom<string>(...DETECTORS, 'custom:a', 'custom:b'), { minLength: 1 });

it('up to eight kinds have colours of their own, whatever their order', () => {
  fc.assert(
    fc.property(kinds, (found) => {
      const colors = kindColors(found);
      const fills = found.map(colors.fill);
      expect(new Set(fills).size).toBe(Math.min(8, found.length));
      const reversed = kindColors(found.toReversed());
      expect(found.map(reversed.fill)).toEqual(fills);
      expect(found.map((kind) => colors.background(kind).replace('bg-', 'fill-'))).toEqual(fills);
    }),
  );
});

it('addresses are stacked last', () => {
  expect(kindStack(['ip', 'custom:a', 'jwt']).order).toEqual(['jwt', 'custom:a', 'ip']);
});
