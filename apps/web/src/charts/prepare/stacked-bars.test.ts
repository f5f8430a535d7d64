import { LOG_LEVELS, type LogLevel } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEVEL_STACK } from './level-stack.ts';
import { niceCeiling } from './nice-ceiling.ts';
import { barAt, type KindHistogram, prepareStackedBars, sumOfBars } from './stacked-bars.ts';

const answers: fc.Arbitrary<KindHistogram<LogLevel>> = fc.integer({ min: 0, max: 150 }).chain((bars) =>
  fc.record({
    start: fc.integer({ min: 0, max: 2e9 }).map((s) => s * 1000),
    stepMs: fc.constantFrom(1000, 30_000, 60_000, 3_600_000),
    bars: fc.constant(bars),
    kinds: fc.subarray([...LOG_LEVELS]).chain((levels) =>
      fc.tuple(
        ...levels.map((level) =>
          fc
            .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000_000 })), {
              minLength: bars,
              maxLength: bars,
            })
            .map((counts) => ({ kind: level, counts })),
        ),
      ),
    ),
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
        const { bars } = prepareStackedBars(answer, LEVEL_STACK, frame);
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
        const { parts, bars } = prepareStackedBars(answer, LEVEL_STACK, frame);
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
    const answer: KindHistogram<LogLevel> = {
      start: 0,
      stepMs: 1000,
      bars: 1,
      kinds: [
        { kind: 'info', counts: [999_999] },
        { kind: 'error', counts: [1] },
      ],
    };
    const { parts } = prepareStackedBars(answer, LEVEL_STACK, { width: 10, height: 106 });
    expect(parts).toEqual([
      { kind: 'error', path: 'M0 104h9v2h-9z' },
      { kind: 'info', path: 'M0 4h9v100h-9z' },
    ]);
  });

  it('sums levels, severest first', () => {
    const answer: KindHistogram<LogLevel> = {
      start: 0,
      stepMs: 1000,
      bars: 2,
      kinds: [
        { kind: 'debug', counts: [1, 2] },
        { kind: 'warn', counts: [0, 5] },
        { kind: 'trace', counts: [0, 0] },
      ],
    };
    const prepared = prepareStackedBars(answer, LEVEL_STACK, { width: 100, height: 50 });
    expect(prepared.kinds).toEqual([
      { kind: 'warn', count: 5 },
      { kind: 'debug', count: 3 },
    ]);
    expect(prepared.top).toBe(10);
    expect(prepared.bars[1]).toMatchObject({ startMs: 1000, endMs: 2000, total: 7, counts: { debug: 2, warn: 5 } });
  });

  it('knows every level', () => {
    expect([...LEVEL_STACK.order].sort()).toEqual([...LOG_LEVELS].sort());
  });
});

describe('sumOfBars', () => {
  it('sums a run, and has nothing for an empty one', () => {
    const kinds = [
      { kind: 'info', counts: [1, 2, 4] },
      { kind: 'error', counts: [0, 8, 0] },
    ] as const;
    const { bars } = prepareStackedBars<LogLevel>({ start: 0, stepMs: 1000, bars: 3, kinds }, LEVEL_STACK, {
      width: 30,
      height: 10,
    });
    expect(sumOfBars(bars, 1, 2)).toEqual({
      startMs: 1000,
      endMs: 3000,
      x: 10,
      width: 20,
      total: 14,
      counts: { info: 6, error: 8 },
    });
    expect(sumOfBars(bars, 3, 2)).toBeUndefined();
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
        const { bars } = prepareStackedBars(answer, LEVEL_STACK, { width, height: 50 });
        for (const [index, bar] of bars.entries()) {
          expect(barAt(bars, bar.x + bar.width / 2, width)).toBe(index);
        }
      }),
    );
  });

  it('clamps beyond the ends', () => {
    const { bars } = prepareStackedBars({ start: 0, stepMs: 1000, bars: 3, kinds: [] }, LEVEL_STACK, {
      width: 30,
      height: 10,
    });
    expect([barAt(bars, -5, 30), barAt(bars, 15, 30), barAt(bars, 99, 30), barAt([], 1, 30)]).toEqual([0, 1, 2, -1]);
  });
});
