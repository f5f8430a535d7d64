import { type LogSelection, UNIX_NANOS_MAX, UNIX_NANOS_MIN, unixNanos } from '@aegisguard/model';
import type { WindowBuckets } from './window-buckets.ts';

/** The times of the logs that windows can hold, as far as logs have times. Windows are open below and closed above, a selection the other way round: a nanosecond later on both sides. */
export function windowTimes({ after, last }: WindowBuckets): Pick<LogSelection, 'start' | 'end'> {
  return {
    start: unixNanos(after < UNIX_NANOS_MIN ? UNIX_NANOS_MIN : after + 1n),
    end: unixNanos(last < UNIX_NANOS_MAX ? last + 1n : UNIX_NANOS_MAX),
  };
}
