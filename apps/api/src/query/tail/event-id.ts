import { type LogPosition, unixNanos } from '@aegisguard/model';
import type { TailLine } from './tail-lines.ts';

const ID = /^(?<timestamp>\d{1,19})-(?<batchId>[\da-f-]{36})-(?<index>\d{1,9})$/;

/** The position that an event's id names; undefined for anything else, which a client may send who was somewhere else before. */
export function readEventId(text: string | string[] | undefined): LogPosition | undefined {
  const { timestamp, batchId, index } = ID.exec(String(text))?.groups ?? {};
  return timestamp === undefined || batchId === undefined
    ? undefined
    : { timestamp: unixNanos(BigInt(timestamp)), batchId, index: Number(index) };
}

/** Whether a line stands behind a position in the order of logs. */
export function isAfter(line: Pick<TailLine, 'timestamp' | 'batchId' | 'index'>, position: LogPosition): boolean {
  const timestamp = BigInt(line.timestamp);
  if (timestamp !== position.timestamp) {
    return timestamp > position.timestamp;
  }
  return line.batchId === position.batchId ? line.index > position.index : line.batchId > position.batchId;
}
