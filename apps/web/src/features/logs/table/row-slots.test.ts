import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowSlots } from './row-slots.ts';

function rowsFrom(first: number, count: number): readonly { readonly index: number }[] {
  return Array.from({ length: count }, (_, at) => ({ index: first + at }));
}

const scrolledTo = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 20 });

describe('slots of rows', () => {
  it('stay in their order while the list scrolls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(100_000), scrolledTo, (count, start, offsets) => {
        const slots = new RowSlots();
        const atRest = slots.place(rowsFrom(start, count), false).map(({ slot }) => slot);
        for (const first of offsets) {
          expect(slots.place(rowsFrom(first, count), true).map(({ slot }) => slot)).toEqual(atRest);
        }
      }),
    );
  });

  it('stand in the order of their rows at rest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(100_000), scrolledTo, (count, start, offsets) => {
        const slots = new RowSlots();
        slots.place(rowsFrom(start, count), false);
        for (const first of offsets) {
          slots.place(rowsFrom(first, count), true);
        }
        const last = offsets.at(-1) ?? 0;
        const atRest = slots.place(rowsFrom(last, count), false);
        expect(atRest.map(({ row }) => row.index)).toEqual(rowsFrom(last, count).map(({ index }) => index));
      }),
    );
  });

  it('are never shared, and a row that stays in sight keeps its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(100_000), fc.nat(59), (count, start, by) => {
        const slots = new RowSlots();
        slots.place(rowsFrom(start, count), false);
        const before = new Map(slots.place(rowsFrom(start, count - 1), true).map(({ row, slot }) => [row.index, slot]));
        const after = slots.place(rowsFrom(start + by, count), true);
        expect(new Set(after.map(({ slot }) => slot)).size).toBe(count);
        for (const { row, slot } of after) {
          expect(before.get(row.index) ?? slot).toBe(slot);
        }
      }),
    );
  });

  it('grow with the window', () => {
    const slots = new RowSlots();
    slots.place(rowsFrom(10, 5), false);
    const grown = slots.place(rowsFrom(7, 9), true);
    expect(new Set(grown.map(({ slot }) => slot)).size).toBe(9);
  });
});
