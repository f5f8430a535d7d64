import type { TraceSummaryView } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationTicks, prepareDurationBars, selectedDurations } from './duration-bars.ts';
import { pointAt, prepareScatter } from './scatter-points.ts';

const FRAME = { width: 600, height: 80 };

describe('spans by duration', () => {
  const ms = (power: number): number => 2 ** power / 1e6;

  it('has a bar for each power of two, also where no span is', () => {
    const prepared = prepareDurationBars(
      [
        { upToMs: ms(24), spans: 5, errors: 1 },
        { upToMs: ms(20), spans: 3, errors: 3 },
      ],
      FRAME,
    );
    expect(prepared?.bars.map(({ total, counts }) => [total, counts.error ?? 0])).toEqual([
      [3, 3],
      [0, 0],
      [0, 0],
      [0, 0],
      [5, 1],
    ]);
    expect(prepared?.bars[0]).toMatchObject({ startMs: ms(19), endMs: ms(20), x: 0 });
    expect(prepared?.total).toBe(8);
    expect(prepareDurationBars([], FRAME)).toBeUndefined();
  });

  it('spans that took no time are in the bar of a nanosecond', () => {
    const both = [
      { upToMs: 0, spans: 2, errors: 1 },
      { upToMs: ms(0), spans: 3, errors: 0 },
    ];
    const prepared = prepareDurationBars([...both, { upToMs: ms(2), spans: 1, errors: 0 }], FRAME);
    expect(prepared?.bars.map(({ total, counts }) => [total, counts.error ?? 0])).toEqual([
      [5, 1],
      [0, 0],
      [1, 0],
    ]);
    expect(prepareDurationBars(both.slice(0, 1), FRAME)?.bars).toHaveLength(1);
  });

  it('what is selected at an end of the histogram is open there', () => {
    const bars = prepareDurationBars(
      [20, 21, 22].map((power) => ({ upToMs: ms(power), spans: 1, errors: 0 })),
      FRAME,
    )?.bars;
    expect(selectedDurations(bars ?? [], 1, 1)).toEqual({ aboveMs: ms(20), upToMs: ms(21) });
    expect(selectedDurations(bars ?? [], 0, 1)).toEqual({ aboveMs: undefined, upToMs: ms(21) });
    expect(selectedDurations(bars ?? [], 1, 2)).toEqual({ aboveMs: ms(20), upToMs: undefined });
  });

  it('marks round durations, as many as have room', () => {
    expect(durationTicks(0.5, 2000, 600).map(({ label, x }) => [label, x])).toEqual([
      ['1 ms', 50],
      ['10 ms', 217],
      ['100 ms', 383],
      ['1 s', 550],
    ]);
    expect(durationTicks(0.5, 2000, 120)).toHaveLength(2);
  });
});

describe('traces as dots', () => {
  const RANGE = { startMs: 1_700_000_000_000, endMs: 1_700_003_600_000 };
  const summaries: fc.Arbitrary<TraceSummaryView> = fc.record({
    traceId: fc.string(),
    rootService: fc.constant('a'),
    rootName: fc.constant('b'),
    startTime: fc.integer({ min: RANGE.startMs, max: RANGE.endMs - 1 }).map((at) => new Date(at).toISOString()),
    durationMs: fc.double({ min: 0, max: 1e7, noNaN: true }),
    spanCount: fc.integer({ min: 1, max: 100_000 }),
    errorCount: fc.nat(3),
    services: fc.constant(['a']),
  });

  it('lie within the chart, later ones further right and slower ones higher; each is found at its middle', () => {
    fc.assert(
      fc.property(fc.array(summaries, { maxLength: 30 }), (traces) => {
        const { points } = prepareScatter(traces, RANGE, FRAME);
        expect(points).toHaveLength(traces.length);
        for (const { x, y } of points) {
          expect(x >= 0 && x <= FRAME.width && y >= 0 && y <= FRAME.height).toBe(true);
          expect(pointAt(points, x, y)).toMatchObject({ x, y });
        }
        const byTime = points.toSorted((one, other) => (one.trace.startTime < other.trace.startTime ? -1 : 1));
        expect(byTime.map(({ x }) => x)).toEqual(byTime.map(({ x }) => x).sort((one, other) => one - other));
        const byDuration = points.toSorted((one, other) => one.trace.durationMs - other.trace.durationMs);
        expect(byDuration.map(({ y }) => y)).toEqual(byDuration.map(({ y }) => y).sort((one, other) => other - one));
      }),
      { numRuns: 50 },
    );
  });

  it('nothing is found beside them', () => {
    expect(pointAt([], 1, 1)).toBeUndefined();
  });
});
