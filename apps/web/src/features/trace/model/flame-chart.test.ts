import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf, outlines } from '../testing/outlines.ts';
import { flameChart } from './flame-chart.ts';
import { traceModel } from './trace-model.ts';

describe('the flame chart', () => {
  it('puts what runs at once side by side, and what follows in the same lane', () => {
    const chart = flameChart(
      traceModel(
        outlineOf([
          { depth: 0, start: 0, duration: 100 },
          { depth: 1, start: 0, duration: 40 },
          { depth: 2, start: 5, duration: 10 },
          { depth: 1, start: 20, duration: 40 },
          { depth: 1, start: 50, duration: 10 },
        ]),
      ),
    );
    expect([...chart.lane]).toEqual([0, 1, 2, 3, 1]);
    expect(chart.lanes).toBe(4);
  });

  it('has every span below its parent, and none over another', () => {
    fc.assert(
      fc.property(outlines, (outline) => {
        const model = traceModel(outline);
        const { lane, lanes, rows, offsets, overlaps } = flameChart(model);
        expect(overlaps).toBe(false);
        expect([...rows].sort((a, b) => a - b)).toEqual(Array.from(rows, (_, row) => row));
        for (let row = 0; row < model.count; row++) {
          const above = model.parent[row] ?? -1;
          expect(lane[row]).toBeGreaterThan(above < 0 ? -1 : (lane[above] ?? 0));
          expect(lane[row]).toBeLessThan(lanes);
        }
        for (let each = 0; each < lanes; each++) {
          const inLane = rows.subarray(offsets[each], offsets[each + 1]);
          inLane.forEach((row, index) => {
            const next = inLane[index + 1];
            expect(lane[row]).toBe(each);
            if (next !== undefined) {
              const end = (model.start[row] ?? 0) + (model.duration[row] ?? 0);
              expect(model.start[next]).toBeGreaterThanOrEqual(end);
            }
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has room for a trace as deep as it is long, and for one in which everything runs at once', () => {
    const deep = Array.from({ length: 3000 }, (_, row) => ({ depth: row, start: 0, duration: 10 }));
    expect(flameChart(traceModel(outlineOf(deep))).lanes).toBe(3000);
    const wide = Array.from({ length: 3000 }, (_, row) => ({ depth: Math.min(row, 1), start: 0, duration: 10 }));
    const chart = flameChart(traceModel(outlineOf(wide)));
    expect(chart.overlaps).toBe(true);
    expect(chart.lanes).toBeLessThan(1000);
  });
});
