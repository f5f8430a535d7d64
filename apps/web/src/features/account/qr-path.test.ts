import fc from 'fast-check';
import { expect, it } from 'vitest';
import { qrPath } from './qr-path.ts';

it('covers exactly the dark modules', () => {
  const row = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      const covered = rows.map((each) => each.map(() => false));
      for (const [, x = '', y = '', width = ''] of qrPath(rows).matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
        covered[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
      }
      expect(covered).toEqual(rows);
    }),
  );
});
