import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLUMNS_MAX,
  type ColumnSetting,
  moveColumn,
  parseColumns,
  printColumns,
  resizeColumn,
  toggleColumn,
} from './view-columns.ts';

const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,10}$/);
const columns: fc.Arbitrary<readonly ColumnSetting[]> = fc.uniqueArray(
  fc.oneof(fc.record({ name: names }), fc.record({ name: names, widthPx: fc.integer({ min: 40, max: 1200 }) })),
  { selector: ({ name }) => name, maxLength: COLUMNS_MAX },
);

describe('columns of a view', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(columns, (given) => {
        expect(parseColumns(printColumns(given))).toEqual(given);
      }),
    );
  });

  it.each([
    [null, 'level,service'],
    ['', ''],
    ['host,level', 'host,level'],
    ['a.7,b.99999,c.x', 'a.40,b.1200,c'],
    ['a,a.90', 'a'],
    ['"><script>,1a,a b', ''],
  ])('%j are %j', (text, wanted) => {
    expect(printColumns(parseColumns(text))).toBe(wanted);
  });

  it('are shown and hidden, moved and resized, and the others stay', () => {
    const three = parseColumns('a,b,c');
    expect(printColumns(toggleColumn(three, 'd'))).toBe('a,b,c,d');
    expect(printColumns(toggleColumn(three, 'b'))).toBe('a,c');
    expect(printColumns(moveColumn(three, 'c', 0))).toBe('c,a,b');
    expect(printColumns(moveColumn(three, 'a', 9))).toBe('b,c,a');
    expect(printColumns(moveColumn(three, 'z', 0))).toBe('a,b,c');
    expect(printColumns(resizeColumn(three, 'b', 200.4))).toBe('a,b.200,c');
  });

  it('keep every label when one is moved', () => {
    fc.assert(
      fc.property(columns, fc.nat(), fc.integer({ min: -3, max: 30 }), (given, which, place) => {
        const name = given[which % Math.max(1, given.length)]?.name ?? 'none';
        const moved = moveColumn(given, name, place);
        expect(moved.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual(
          given.toSorted((a, b) => a.name.localeCompare(b.name)),
        );
      }),
    );
  });
});
