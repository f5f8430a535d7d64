import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limitFields, limitSchema } from './limit-fields.ts';

const MAX = 1_000_000;

it('reads back what it has written', () => {
  fc.assert(
    fc.property(fc.option(fc.nat(MAX), { nil: null }), (limit) => {
      expect(limitSchema(MAX).parse(limitFields(limit))).toBe(limit);
    }),
  );
});

it.each(['', ' ', '0', '-1', '1.5', 'many', '1000001'])('refuses “%s” as a limit of one’s own', (value) => {
  expect(limitSchema(MAX).safeParse({ mode: 'own', value }).error?.issues[0]?.message).toBe(
    'Enter a whole number from 1 to 1,000,000.',
  );
});
