import type { LogMatrixAnswer } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINES_MAX, lonePoints, prepareLines } from './line-series.ts';

const stats = { elapsedMs: 1, rowsRead: 1, bytesRead: 1 };

function matrix(series: LogMatrixAnswer['series']): LogMatrixAnswer {
  return { resultType: 'matrix', series, stats };
}

describe('prepareLines', () => {
  it('puts series over one axis, the largest first, with gaps where a series has no point', () => {
    const prepared = prepareLines(
      matrix([
        {
          labels: { level: 'info' },
          points: [
            [10, 1],
            [30, 2],
          ],
        },
        { labels: { level: 'error', app: 'a "b"' }, points: [[20, 9]] },
      ]),
    );
    expect(prepared.data).toEqual([
      [10, 20, 30],
      [null, 9, null],
      [1, null, 2],
    ]);
    expect(prepared.series).toEqual([
      { name: '{level="error", app="a \\"b\\""}', color: 'level-error', last: 9, most: 9 },
      { name: '{level="info"}', color: 'level-info', last: 2, most: 2 },
    ]);
  });

  it('has a time without a point where no series has any, so that no line crosses the hole', () => {
    const points: [number, number][] = [
      [10, 1],
      [20, 2],
      [60, 3],
      [70, 4],
    ];
    expect(prepareLines(matrix([{ labels: {}, points }])).data).toEqual([
      [10, 20, 30, 60, 70],
      [1, 2, null, 3, 4],
    ]);
  });

  it('knows points without neighbours, which no line shows', () => {
    expect(lonePoints([1, null, 2, 3, null, 0])).toEqual([0, 5]);
    expect(lonePoints([])).toEqual([]);
  });

  it('keeps every point of the lines that it draws', () => {
    const points = fc
      .uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 20 })
      .chain((times) =>
        fc.tuple(
          ...times.sort((a, b) => a - b).map((at) => fc.tuple(fc.constant(at), fc.integer({ min: -5, max: 5 }))),
        ),
      );
    fc.assert(
      fc.property(fc.array(points, { maxLength: 5 }), (lists) => {
        const prepared = prepareLines(
          matrix(lists.map((list, index) => ({ labels: { n: String(index) }, points: list }))),
        );
        const [times, ...lines] = prepared.data;
        expect(lines).toHaveLength(Math.min(LINES_MAX, lists.length));
        for (const [index, line] of lines.entries()) {
          const number = Number(/\d+/.exec(prepared.series[index]?.name ?? '')?.[0]);
          const drawn = times.flatMap((at, place) => (line[place] === null ? [] : [[at, line[place]]]));
          expect(drawn).toEqual(lists[number]);
        }
      }),
    );
  });

  it('draws no more lines than can be told apart, but lists them all', () => {
    const many = Array.from({ length: LINES_MAX + 7 }, (_, index) => ({
      labels: { n: String(index) },
      points: [[1, index] as [number, number]],
    }));
    const prepared = prepareLines(matrix(many));
    expect(prepared.data).toHaveLength(LINES_MAX + 1);
    expect(prepared.series).toHaveLength(LINES_MAX + 7);
  });

  it('numbers its colours where levels do not tell the series apart', () => {
    const series = ['a', 'b'].map((app) => ({
      labels: { level: 'info', app },
      points: [[1, 2]] as [number, number][],
    }));
    expect(prepareLines(matrix(series)).series.map(({ color }) => color)).toEqual(['series-1', 'series-2']);
  });

  it('leaves a gap for what is not a number', () => {
    const prepared = prepareLines(
      matrix([
        {
          labels: {},
          points: [
            [1, Number.NaN],
            [2, 3],
          ],
        },
      ]),
    );
    expect(prepared.data[1]).toEqual([null, 3]);
    expect(prepared.series[0]?.most).toBe(3);
  });
});
