import { type LogPosition, type UnixNanos, unixNanos } from '@aegisguard/model';
import type { CursorKind } from '../platform/page-cursors.ts';

/** The page of logs that a cursor continues: the range as it was resolved for the first page, so that `now-1h` does not move between pages. */
export interface LogCursor {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly after: LogPosition;
}

/** Cursors of log searches. */
export const LOG_CURSOR: CursorKind<LogCursor> = {
  name: 'log-cursor',
  write: ({ start, end, after }) => [start, end, after.timestamp, after.batchId, after.index],
  read: ([start = '', end = '', timestamp = '', batchId = '', index = '']) => ({
    start: unixNanos(BigInt(start)),
    end: unixNanos(BigInt(end)),
    after: { timestamp: unixNanos(BigInt(timestamp)), batchId, index: Number(index) },
  }),
};
