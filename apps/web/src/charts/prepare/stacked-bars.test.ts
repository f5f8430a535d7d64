import { LOG_LEVELS, type LogHistogramAnswer } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceCeiling } from './nice-ceiling.ts';
import { barAt, prepareStackedBars, STACK_ORDER } from './stacked-bars.ts';

const stats = { elapsedMs: 1, rowsRead: 1, bytesRead: 1 };

const answers: fc.Arbitrary<LogHistogramAnswer> = fc.integer({ min: 0, max: 150 }).chain((bars) =>
  fc.record({
    start: fc.integer({ min: 0, max: 2e9 }).map((s) => s * 1000),
    stepMs: fc.constantFrom(1000, 30_000, 60_000, 3_600_000),
    bars: fc.constant(bars),
    levels: fc.subarray([...LOG_LEVELS]).chain((levels) =>
      fc.tuple(
        ...levels.map((level) =>
          fc
            .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000_000 })), {
              minLength: bars,
              maxLength: bars,
            })
            .map((counts) => ({ level, counts })),
        ),
      ),
    ),
    total: fc.constant(0),
    stats: fc.constant(stats),
  }),
);
/** At least a pixel a bar. */
const frames = fc.record({ width: fc.integer({ min: 150, max: 2000 }), height: fc.integer({ min: 20, max: 200 }) });

/** The rectangles of a path as this module writes them. */
function rectangles(path: string): { x: number; y: number; width: number; height: number }[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)v(\d+)h-?\d+z/g)].map(([, x, y, width, height]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
  }));
}

describe('prepareStackedBars', () => {
  it('tiles the width without a gap or an overlap', () => {
    fc.assert(
      fc.property(answers, frames, (answer, frame) => {
        const { bars } = prepareStackedBars(answer, frame);
        expect(bars).toHaveLength(answer.bars);
        let x = 0;
        for (const bar of bars) {
          expect(bar.x).toBe(x);
          x += bar.width;
        }
        expect(x).toBe(answer.bars === 0 ? 0 : frame.width);
      }),
    );
  });

  it('draws a part for every count that is not zero, inside the frame, never on top of another', () => {
    fc.assert(
      fc.property(answers, frames, (answer, frame) => {
        const { parts, bars } = prepareStackedBars(answer, frame);
        const drawn = parts.flatMap(({ path }) => rectangles(path));
        expect(drawn).toHaveLength(bars.reduce((sum, bar) => sum + Object.keys(bar.counts).length, 0));
        const lowest = new Map<number, number>();
        for (const part of drawn) {
          expect(part.y).toBeGreaterThanOrEqual(0);
          expect(part.y + part.height).toBe(lowest.get(part.x) ?? frame.height);
          if (part.width > 0) {
            lowest.set(part.x, part.y);
          }
        }
      }),
    );
  });

  it('puts errors on the axis and lifts a single one to where it is seen', () => {
    const answer: LogHistogramAnswer = {
      start: 0,
      stepMs: 1000,
      bars: 1,
      levels: [
        { level: 'info', counts: [999_999] },
        { level: 'error', counts: [1] },
      ],
      total: 1_000_000,
      stats,
    };
    const { parts } = prepareStackedBars(answer, { width: 10, height: 106 });
    expect(parts).toEqual([
      { level: 'error', path: 'M0 104h9v2h-9z' },
      { level: 'info', path: 'M0 4h9v100h-9z' },
    ]);
  });

  it('sums levels, severest first', () => {
    const answer: LogHistogramAnswer = {
      start: 0,
      stepMs: 1000,
      bars: 2,
      levels: [
        { level: 'debug', counts: [1, 2] },
        { level: 'warn', counts: [0, 5] },
        { level: 'trace', counts: [0, 0] },
      ],
      total: 8,
      stats,
    };
    const prepared = prepareStackedBars(answer, { width: 100, height: 50 });
    expect(prepared.levels).toEqual([
      { level: 'warn', count: 5 },
      { level: 'debug', count: 3 },
    ]);
    expect(prepared.top).toBe(10);
    expect(prepared.bars[1]).toMatchObject({ startMs: 1000, endMs: 2000, total: 7, counts: { debug: 2, warn: 5 } });
  });

  it('knows every level', () => {
    expect([...STACK_ORDER].sort()).toEqual([...LOG_LEVELS].sort());
  });
});

describe('niceCeiling', () => {
  it('is round, not below the value, and wastes at most half the height beyond ten', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (value) => {
        const top = niceCeiling(value);
        expect(top).toBeGreaterThanOrEqual(Math.max(1, value));
        expect(Number.isInteger(top)).toBe(true);
        if (value >= 10) {
          expect(top).toBeLessThanOrEqual(value * 2 + 1);
        }
      }),
    );
  });
});

describe('barAt', () => {
  it('finds each bar by its own middle', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 300, max: 2000 }), (answer, width) => {
        const { bars } = prepareStackedBars(answer, { width, height: 50 });
        for (const [index, bar] of bars.entries()) {
          expect(barAt(bars, bar.x + bar.width / 2, width)).toBe(index);
        }
      }),
    );
  });

  it('clamps beyond the ends', () => {
    const { bars } = prepareStackedBars(
      { start: 0, stepMs: 1000, bars: 3, levels: [], total: 0, stats },
      { width: 30, height: 10 },
    );
    expect([barAt(bars, -5, 30), barAt(bars, 15, 30), barAt(bars, 99, 30), barAt([], 1, 30)]).toEqual([0, 1, 2, -1]);
  });
});
