import { AegisError, type LogPosition, type UnixNanos } from '@aegisguard/model';

const LOG_ID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,10})$/;

/** A log's id, as answers have it: its batch and its place in it. */
export function logIdOf({ batchId, index }: LogPosition): string {
  return `${batchId}-${index}`;
}

/** The position of a log whose id and time an answer gave; throws `invalid-request` for an id that none has. */
export function readLogPosition(id: string, timestamp: UnixNanos): LogPosition {
  const [, batchId, index] = LOG_ID.exec(id) ?? [];
  if (batchId === undefined || index === undefined) {
    throw new AegisError('invalid-request', { detail: 'The id is not one that a log has.' });
  }
  return { timestamp, batchId, index: Number(index) };
}
