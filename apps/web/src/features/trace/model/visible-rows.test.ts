import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf, outlines } from '../testing/outlines.ts';
import { traceModel } from './trace-model.ts';
import { collapsedFrom, movedRows, placeOf, revealing, visibleRows, withAncestors } from './visible-rows.ts';

const model = traceModel(outlineOf([0, 1, 2, 2, 1, 2].map((depth, row) => ({ depth, start: row, duration: 10 }))));
const NONE: ReadonlySet<number> = new Set();

describe('visible rows', () => {
  it('are all of them, or none below a collapsed one', () => {
    expect([...visibleRows(model, NONE, undefined)]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...visibleRows(model, new Set([1]), undefined)]).toEqual([0, 1, 4, 5]);
    expect([...visibleRows(model, new Set([0, 1]), undefined)]).toEqual([0]);
  });

  it('are only those that are kept, with what is above them', () => {
    expect([...visibleRows(model, NONE, withAncestors(model, [3]))]).toEqual([0, 1, 3]);
    expect([...visibleRows(model, new Set([1]), withAncestors(model, [3, 5]))]).toEqual([0, 1, 4, 5]);
  });

  it('are found again, or what hides them', () => {
    const visible = visibleRows(model, new Set([1]), undefined);
    expect([0, 1, 3, 4, 5].map((row) => placeOf(visible, row))).toEqual([0, 1, 1, 2, 3]);
    expect([...revealing(model, new Set([0, 1, 4]), 3)]).toEqual([4]);
  });

  it('are as many levels as wanted', () => {
    expect([...visibleRows(model, collapsedFrom(model, 1), undefined)]).toEqual([0, 1, 4]);
  });

  it('are of the same spans once others have come between them', () => {
    const outline = outlineOf([0, 1, 2, 1].map((depth, row) => ({ depth, start: row, duration: 10 })));
    const ids = (...rows: number[]): string[] => rows.map((row) => String(row).padStart(16, '0'));
    const before = traceModel({ ...outline, spans: { ...outline.spans, id: ids(1, 3, 4, 5) } });
    const after = traceModel({ ...outline, spans: { ...outline.spans, id: ids(1, 2, 3, 5) } });
    expect([...movedRows(before, after, new Set([0, 1, 2, 3]))]).toEqual([0, 2, 3]);
  });

  it('never leave out what is above a visible one', () => {
    fc.assert(
      fc.property(outlines, fc.array(fc.nat(59)), fc.array(fc.nat(59)), (outline, collapsed, wanted) => {
        const any = traceModel(outline);
        const kept = withAncestors(
          any,
          wanted.filter((row) => row < any.count),
        );
        const visible = visibleRows(any, new Set(collapsed), kept);
        const shown = new Set(visible);
        expect([...visible]).toEqual([...visible].sort((a, b) => a - b));
        for (const row of visible) {
          const above = any.parent[row] ?? -1;
          expect(above < 0 || (shown.has(above) && !collapsed.includes(above))).toBe(true);
          expect(kept[row]).toBe(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
