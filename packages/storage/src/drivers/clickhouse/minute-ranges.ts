import { UNIX_NANOS_MIN, unixNanos } from '@aegisguard/model';
import type { SearchWindow } from './search-windows.ts';
import { timeCondition, timeLiteral } from './selection-sql.ts';
import { greater } from './whole-numbers.ts';

const MINUTE_NANOS = 60_000_000_000n;
/** toStartOfMinute gives a DateTime, which begins in 1970 and ends in 2106. */
const MINUTES_END = 4_294_967_280n * 1_000_000_000n;

/** A range as conditions that a projection by minutes can answer, and those on the ragged rest before and after. */
export interface MinuteRanges {
  readonly minutes: string;
  readonly rest: readonly string[];
}

/** Cuts a range at whole minutes; undefined when it has none. */
export function minuteRanges({ start, end }: SearchWindow): MinuteRanges | undefined {
  const first = ((start + MINUTE_NANOS - 1n) / MINUTE_NANOS) * MINUTE_NANOS;
  const last = (end / MINUTE_NANOS) * MINUTE_NANOS;
  if (first >= last || start < UNIX_NANOS_MIN || last > MINUTES_END) {
    return undefined;
  }
  const minute = 'toStartOfMinute(timestamp)';
  const rest = [
    ...(start < first ? [timeCondition(start, unixNanos(first))] : []),
    ...(last < end ? [timeCondition(unixNanos(last), end)] : []),
  ];
  const minutes = `${minute} >= toDateTime(${timeLiteral(first)}, 'UTC') AND ${minute} < toDateTime(${timeLiteral(last)}, 'UTC')`;
  return { minutes, rest };
}

/** The hours that a range begins and ends in and those between, as a projection by hours can answer it; the range itself where a DateTime does not hold them. */
export function hourCondition({ start, end }: SearchWindow): string {
  if (end < UNIX_NANOS_MIN || end > MINUTES_END) {
    return timeCondition(start, end);
  }
  const hour = 'toStartOfHour(timestamp)';
  return `${hour} >= toStartOfHour(${timeLiteral(greater(start, UNIX_NANOS_MIN))}) AND ${hour} <= toStartOfHour(${timeLiteral(end)})`;
}
