import { createHmac, timingSafeEqual } from 'node:crypto';
import { AegisError, type OrgId } from '@aegisguard/model';

/** What a kind of cursor holds, and how that is written as texts without a comma. */
export interface CursorKind<Payload> {
  /** Keeps the cursors of one kind from being taken for another's. */
  readonly name: string;
  readonly write: (payload: Payload) => readonly (string | bigint | number)[];
  readonly read: (texts: readonly string[]) => Payload;
}

const MAC_BYTES = 16;

/** Writes and reads cursors: opaque, and bound to the organization and the question by a MAC, so that nobody can use one with another query or organization. */
export class PageCursors<Payload> {
  constructor(
    private readonly key: Uint8Array,
    private readonly kind: CursorKind<Payload>,
  ) {}

  /** `question` names everything that must be the same on the next page. */
  write(orgId: OrgId, question: string, payload: Payload): string {
    const bytes = Buffer.from(this.kind.write(payload).join(','));
    return Buffer.concat([this.mac(orgId, question, bytes), bytes]).toString('base64url');
  }

  /** Throws `invalid-cursor`. */
  read(orgId: OrgId, question: string, cursor: string): Payload {
    const bytes = Buffer.from(cursor, 'base64url');
    const payload = bytes.subarray(MAC_BYTES);
    if (
      bytes.length <= MAC_BYTES ||
      !timingSafeEqual(bytes.subarray(0, MAC_BYTES), this.mac(orgId, question, payload))
    ) {
      throw new AegisError('invalid-cursor', { detail: 'The cursor belongs to another query, or is damaged.' });
    }
    return this.kind.read(payload.toString().split(','));
  }

  private mac(orgId: OrgId, question: string, payload: Uint8Array): Buffer {
    const hmac = createHmac('sha256', this.key);
    hmac.update(`${this.kind.name}\n${orgId}\n${question.length}\n${question}\n`);
    return hmac.update(payload).digest().subarray(0, MAC_BYTES);
  }
}
