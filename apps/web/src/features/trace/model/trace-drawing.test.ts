import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf, outlines } from '../testing/outlines.ts';
import { barPlace, criticalPlaces } from './bar-place.ts';
import { FAILED, minimap, NOTHING } from './minimap.ts';
import { timeMarks } from './time-marks.ts';
import { traceModel } from './trace-model.ts';

describe('bars', () => {
  const window = { from: 100, until: 200 };

  it.each([
    [100, 200, { leftPx: 0, widthPx: 500, goesOn: false }],
    [120, 130, { leftPx: 100, widthPx: 50, goesOn: false }],
    [50, 150, { leftPx: 0, widthPx: 250, goesOn: true }],
    [150, 150, { leftPx: 250, widthPx: 2, goesOn: false }],
    [200, 200, { leftPx: 498, widthPx: 2, goesOn: false }],
    [0, 99, undefined],
    [201, 300, undefined],
  ])('from %d to %d', (start, end, place) => {
    expect(barPlace(start, end, window, 500)).toEqual(place);
  });

  it('show sections of the critical path as one where nobody could tell them apart', () => {
    const sections = Array.from({ length: 1000 }, (_, index) => ({ row: 0, from: index, until: index + 0.5 }));
    const model = traceModel(outlineOf([{ depth: 0, start: 0, duration: 1000 }], sections));
    expect(criticalPlaces(model, 0, { from: 0, until: 1000 }, 500)).toHaveLength(1);
    expect(criticalPlaces(model, 0, { from: 0, until: 10 }, 500)).toHaveLength(10);
  });
});

describe('marks of time', () => {
  it('are round numbers inside of the window', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 1, max: 12 }),
        (from, span, most) => {
          const marks = timeMarks({ from, until: from + span }, most);
          expect(marks.length).toBeLessThanOrEqual(most + 1);
          for (const mark of marks) {
            expect(mark).toBeGreaterThanOrEqual(from - span * 1e-9);
            expect(mark).toBeLessThan(from + span);
          }
        },
      ),
    );
    expect(timeMarks({ from: 0, until: 1_000_000 }, 5)).toEqual([0, 200_000, 400_000, 600_000, 800_000]);
    const minutes = (until: number) => timeMarks({ from: 0, until: until * 6e10 }, 6).map((at) => at / 6e10);
    expect(minutes(5.1)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(minutes(600)).toEqual([0, 120, 240, 360, 480]);
    expect(minutes(14_400)).toEqual([0, 2880, 5760, 8640, 11_520]);
  });
});

describe('the minimap', () => {
  it('has a line for each row while there is room, colours of services, and errors over all', () => {
    const model = traceModel(
      outlineOf([
        { depth: 0, start: 0, duration: 100, service: 'shop' },
        { depth: 1, start: 50, duration: 25, service: 'cart', status: 'error' },
      ]),
    );
    const { lines, cells } = minimap(model, 4, 10);
    const shop = model.palette[0];
    expect(lines).toBe(2);
    expect([...cells]).toEqual([shop, shop, shop, shop, NOTHING, NOTHING, FAILED, NOTHING]);
  });

  it('leaves no span out', () => {
    fc.assert(
      fc.property(
        outlines,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (outline, width, most) => {
          const model = traceModel(outline);
          const { cells, lines } = minimap(model, width, most);
          for (let line = 0; line < lines; line++) {
            expect(cells.subarray(line * width, (line + 1) * width).some((cell) => cell !== NOTHING)).toBe(true);
          }
          expect(cells.some((cell) => cell === FAILED)).toBe(outline.errorCount > 0);
        },
      ),
      { numRuns: 40 },
    );
  });
});
