import type { MessageId } from '../../driver.ts';

const DIGITS = 16;

/** Padded, so that ids as texts are in the stream's order. */
export function formatMessageId(seq: number): MessageId {
  return String(seq).padStart(DIGITS, '0');
}

/** Undefined for what `formatMessageId` did not make. */
export function parseMessageId(id: MessageId): number | undefined {
  return id.length === DIGITS && /^\d+$/.test(id) ? Number(id) : undefined;
}
