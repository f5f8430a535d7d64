import { type TracePosition, type UnixNanos, unixNanos } from '@aegisguard/model';
import type { CursorKind } from '../../platform/page-cursors.ts';

/** The page of traces that a cursor continues, with the range as it was resolved for the first page. */
export interface TraceCursor {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly after: TracePosition;
}

/** Cursors of trace searches. */
export const TRACE_CURSOR: CursorKind<TraceCursor> = {
  name: 'trace-cursor',
  write: ({ start, end, after }) => [start, end, after.key, after.traceId],
  read: ([start = '', end = '', key = '', traceId = '']) => ({
    start: unixNanos(BigInt(start)),
    end: unixNanos(BigInt(end)),
    after: { key: BigInt(key), traceId },
  }),
};
