import { createHmac, timingSafeEqual } from 'node:crypto';
import { AegisError, type LogPosition, type OrgId, type UnixNanos, unixNanos } from '@aegisguard/model';

/** The page that a cursor continues: the range as it was resolved for the first page, so that `now-1h` does not move between pages. */
export interface LogCursor {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly after: LogPosition;
}

const MAC_BYTES = 16;

/** Writes and reads cursors: opaque, and bound to the organization and the question by a MAC, so that nobody can use one with another query or organization. */
export class LogCursors {
  constructor(private readonly key: Uint8Array) {}

  /** `question` names everything that must be the same on the next page. */
  write(orgId: OrgId, question: string, { start, end, after }: LogCursor): string {
    const payload = Buffer.from([start, end, after.timestamp, after.batchId, after.index].join(','));
    return Buffer.concat([this.mac(orgId, question, payload), payload]).toString('base64url');
  }

  /** Throws `invalid-cursor`. */
  read(orgId: OrgId, question: string, cursor: string): LogCursor {
    const bytes = Buffer.from(cursor, 'base64url');
    const payload = bytes.subarray(MAC_BYTES);
    if (
      bytes.length <= MAC_BYTES ||
      !timingSafeEqual(bytes.subarray(0, MAC_BYTES), this.mac(orgId, question, payload))
    ) {
      throw new AegisError('invalid-cursor', { detail: 'The cursor belongs to another query, or is damaged.' });
    }
    const [start = '', end = '', timestamp = '', batchId = '', index = ''] = payload.toString().split(',');
    return {
      start: unixNanos(BigInt(start)),
      end: unixNanos(BigInt(end)),
      after: { timestamp: unixNanos(BigInt(timestamp)), batchId, index: Number(index) },
    };
  }

  private mac(orgId: OrgId, question: string, payload: Uint8Array): Buffer {
    const hmac = createHmac('sha256', this.key).update(`log-cursor\n${orgId}\n${question.length}\n${question}\n`);
    return hmac.update(payload).digest().subarray(0, MAC_BYTES);
  }
}
