import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampZoom, isSameZoom, scaledZoom, shiftedZoom, zoomAround, zoomOnto } from './zoom-steps.ts';

describe('zooming', () => {
  it('stays inside of the trace, and is nothing where all of it is meant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer(), fc.nat(1e9), (total, from, span) => {
        const zoom = clampZoom({ from, until: from + span }, total);
        if (zoom !== undefined) {
          expect(zoom.from).toBeGreaterThanOrEqual(0);
          expect(zoom.until).toBeLessThanOrEqual(total);
          expect(zoom.until).toBeGreaterThan(zoom.from);
        }
      }),
    );
    expect(clampZoom({ from: -5, until: 2000 }, 1000)).toBeUndefined();
    expect(clampZoom({ from: 900, until: 1100 }, 1000)).toEqual({ from: 800, until: 1000 });
  });

  it('changes nothing where it cannot go further', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer(), fc.nat(1e9), (total, from, span) => {
        const zoom = clampZoom({ from, until: from + span }, total);
        expect(isSameZoom(zoom === undefined ? undefined : clampZoom(zoom, total), zoom)).toBe(true);
        const shown = zoom ?? { from: 0, until: total };
        const isClosest = shown.until - shown.from <= 10;
        expect(isSameZoom(clampZoom(scaledZoom(shown, 0.5), total), zoom)).toBe(isClosest);
        expect(isSameZoom(clampZoom(shiftedZoom(shown, -0.25), total), zoom)).toBe(shown.from === 0);
      }),
    );
    expect(isSameZoom(clampZoom(scaledZoom({ from: 0, until: 100 }, 2), 100), undefined)).toBe(true);
  });

  it('goes closer about a moment, beside, and around a span', () => {
    expect(scaledZoom({ from: 0, until: 100 }, 0.5, 20)).toEqual({ from: 10, until: 60 });
    expect(shiftedZoom({ from: 100, until: 200 }, -0.5)).toEqual({ from: 50, until: 150 });
    expect(zoomAround(1000, 500)).toEqual({ from: 950, until: 1550 });
  });
});

it('moves onto a span only where that is out of sight', () => {
  const window = { from: 100, until: 200 };
  expect(zoomOnto(window, 150, 500)).toBe(window);
  expect(zoomOnto(window, 300, 20)).toEqual({ from: 260, until: 360 });
  expect(zoomOnto(window, 0, 20)).toEqual({ from: -40, until: 60 });
});
