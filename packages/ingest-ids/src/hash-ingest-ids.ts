import { createHash } from 'node:crypto';
import type { OrgId, Signal } from '@aegisguard/model';

/** The 64 bits that an id is remembered by: of SHA-256, so that nobody can make two texts that meet. */
export function hashIngestIds(orgId: OrgId, signal: Signal, texts: readonly string[]): BigUint64Array<ArrayBuffer> {
  const space = createHash('sha256').update(`${orgId} ${signal} `);
  return BigUint64Array.from(texts, (text) => space.copy().update(text).digest().readBigUInt64LE());
}
