import { Slug } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newSlug } from './slug.ts';

it('is made of the name and something that nobody else has', () => {
  expect(newSlug('Döner & Söhne GmbH')).toMatch(/^do-ner-so-hne-gmbh-[0-9a-f]{8}$/);
  expect(newSlug('a')).not.toBe(newSlug('a'));
});

it('is a slug for every name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => Slug.safeParse(newSlug(name)).success),
  );
});
