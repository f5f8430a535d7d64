import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callFunction, samplesOf, vector, vectorSeries } from '../../testing/call-function.ts';
import { sampleHistogram } from '../../testing/sample-histogram.ts';
import { CALENDAR_FUNCTIONS } from './calendar-functions.ts';
import { CLOCK_FUNCTIONS } from './clock-functions.ts';

const NAMES = Object.keys(CALENDAR_FUNCTIONS);

function seconds(time: string): number {
  return Date.parse(time) / 1000;
}

/** In the order of `NAMES`. */
function partsOf(value: number): unknown[] {
  const values = [vector(vectorSeries({ __name__: 'm' }, [value]))];
  return NAMES.map((name) => samplesOf(callFunction(CALENDAR_FUNCTIONS, name, { values }).value)[0]);
}

it.each([
  ['1970-01-01T00:00:00Z', [0, 0, 4, 1, 1, 31, 1, 1970]],
  ['2016-02-29T23:59:59Z', [59, 23, 1, 29, 60, 29, 2, 2016]],
  ['2017-02-28T01:02:03Z', [2, 1, 2, 28, 59, 28, 2, 2017]],
  ['2016-12-31T12:30:00Z', [30, 12, 6, 31, 366, 31, 12, 2016]],
  ['1900-03-01T00:00:00Z', [0, 0, 4, 1, 60, 31, 3, 1900]],
  ['1969-12-31T23:59:59Z', [59, 23, 3, 31, 365, 31, 12, 1969]],
  ['0050-06-15T06:07:00Z', [7, 6, 3, 15, 166, 30, 6, 50]],
])('knows the parts of %s', (time, [minute, hour, weekday, ...date]) => {
  expect(NAMES).toEqual([
    'minute',
    'hour',
    'day_of_week',
    'day_of_month',
    'day_of_year',
    'days_in_month',
    'month',
    'year',
  ]);
  expect(partsOf(seconds(time))).toEqual([minute, hour, weekday, ...date]);
});

it('cuts fractions of a second towards the epoch, and has no date for what is none', () => {
  expect(partsOf(59.999)).toEqual(partsOf(59));
  expect(partsOf(-0.5)).toEqual(partsOf(0));
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e300]) {
    expect(partsOf(value)).toEqual(NAMES.map(() => Number.NaN));
  }
});

it('day after day, the day of the year begins anew with the year', () => {
  fc.assert(
    fc.property(fc.integer({ min: -60_000, max: 60_000 }), (day) => {
      const [, , , , today, , , year] = partsOf(day * 86_400);
      const [, , , , tomorrow, , , nextYear] = partsOf((day + 1) * 86_400);
      expect(tomorrow).toBe(year === nextYear ? Number(today) + 1 : 1);
    }),
  );
});

it('without an argument is about the time of evaluation, and has no labels', () => {
  const pointsMs = [0, 61_500];
  const { value } = callFunction(CALENDAR_FUNCTIONS, 'minute', { pointsMs, values: [] });
  expect(value).toEqual(vector(vectorSeries({}, [0, 1])));
});

it('drops the name, histograms, and series that have nothing else', () => {
  const values = [
    vector(
      vectorSeries({ __name__: 'm', a: '1' }, [0, sampleHistogram(), undefined]),
      vectorSeries({ __name__: 'm', a: '2' }, [undefined, sampleHistogram(), undefined]),
    ),
  ];
  const { value, annotations } = callFunction(CALENDAR_FUNCTIONS, 'year', { pointsMs: [0, 1, 2], values });
  expect(samplesOf(value)).toEqual([1970, undefined, undefined]);
  expect(value.type === 'vector' && value.series[0]?.dropsName).toBe(true);
  expect(annotations).toEqual([]);
});

it('time is that of each point, in seconds', () => {
  const { value } = callFunction(CLOCK_FUNCTIONS, 'time', { pointsMs: [-500, 0, 1500], values: [] });
  expect(value).toEqual({ type: 'scalar', values: Float64Array.of(-0.5, 0, 1.5) });
});

it('timestamp of what was computed is the time of evaluation, of histograms too', () => {
  const values = [vector(vectorSeries({}, [7, sampleHistogram(), undefined]))];
  const { value } = callFunction(CLOCK_FUNCTIONS, 'timestamp', { pointsMs: [1000, 2000, 3000], values });
  expect(samplesOf(value)).toEqual([1, 2, undefined]);
});

it('nobody knows since when what was computed counts', () => {
  const values = [vector(vectorSeries({}, [7]))];
  expect(samplesOf(callFunction(CLOCK_FUNCTIONS, 'start_timestamp', { values }).value)).toEqual([undefined]);
});
