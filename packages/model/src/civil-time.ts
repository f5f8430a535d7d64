import type { UnixNanos } from './unix-nanos.ts';

export const SECONDS_PER_DAY = 86_400;
/** Days before each month of a year that begins in March, so that the leap day is its last day. */
const DAYS_BEFORE_MONTH_FROM_MARCH = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Of the proleptic Gregorian calendar. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar (year ≥ 0), NaN when there is no such date. */
export function civilDays(year: number, month: number, day: number): number {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) {
    return Number.NaN;
  }
  if (day > (DAYS_IN_MONTH[month - 1] ?? 0) || (month === 2 && day === 29 && !isLeapYear(year))) {
    return Number.NaN;
  }
  const yearFromMarch = month <= 2 ? year - 1 : year;
  const era = Math.floor(yearFromMarch / 400);
  const yearOfEra = yearFromMarch - era * 400;
  const dayOfYear = (DAYS_BEFORE_MONTH_FROM_MARCH[month - 1] ?? 0) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** Whole seconds since the epoch and nanoseconds within the second as one time. */
export function nanosOf(seconds: number, nanos: number): UnixNanos {
  return (BigInt(seconds) * 1_000_000_000n + BigInt(nanos)) as UnixNanos;
}
