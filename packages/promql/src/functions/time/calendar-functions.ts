// https://prometheus.io/docs/prometheus/latest/querying/functions/#day_of_month and its kin
import { hasPoints } from '../../evaluate/series-draft.ts';
import { POINT } from '../../evaluate/value.ts';
import { vectorOf } from '../call-arguments.ts';
import { floatSeries } from '../float-series.ts';
import type { FunctionImplementation, Implementations } from '../function-implementation.ts';

const MS_PER_SECOND = 1000;
const MS_PER_DAY = 86_400_000;

/** A function of times in seconds, or without an argument of the time of evaluation. Times past the year 275760 have no date and give NaN. */
function ofDates(evaluate: (date: Date) => number): FunctionImplementation {
  const dateOf = (seconds: number): Date => new Date(Math.trunc(seconds) * MS_PER_SECOND);
  return {
    kind: 'whole',
    evaluate(context) {
      const { call, pointsMs } = context;
      if (call.arguments.length === 0) {
        const now = floatSeries([], false, pointsMs.length, (point) =>
          evaluate(dateOf((pointsMs[point] ?? 0) / MS_PER_SECOND)),
        );
        return { type: 'vector', series: [now] };
      }
      const series = vectorOf(context, 0).map(({ labels, kinds, values }) =>
        floatSeries(labels, true, pointsMs.length, (point) =>
          kinds[point] === POINT.float ? evaluate(dateOf(values[point] ?? Number.NaN)) : undefined,
        ),
      );
      return { type: 'vector', series: series.filter(hasPoints) };
    },
  };
}

function startOfYear(date: Date): number {
  return new Date(date).setUTCMonth(0, 1);
}

function daysInMonth(date: Date): number {
  const last = new Date(date);
  last.setUTCMonth(date.getUTCMonth() + 1, 0);
  return last.getUTCDate();
}

/** Parts of a time in UTC. */
export const CALENDAR_FUNCTIONS = {
  minute: ofDates((date) => date.getUTCMinutes()),
  hour: ofDates((date) => date.getUTCHours()),
  day_of_week: ofDates((date) => date.getUTCDay()),
  day_of_month: ofDates((date) => date.getUTCDate()),
  day_of_year: ofDates((date) => Math.round((date.getTime() - startOfYear(date)) / MS_PER_DAY) + 1),
  days_in_month: ofDates(daysInMonth),
  month: ofDates((date) => date.getUTCMonth() + 1),
  year: ofDates((date) => date.getUTCFullYear()),
} as const satisfies Implementations;
