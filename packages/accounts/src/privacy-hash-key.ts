import { hkdfSync } from 'node:crypto';
import type { OrgId } from '@aegisguard/model';

const HASH_KEY_BYTES = 32;

/** The key that one organization's values are hashed under. Drawn from the master key, so there is nothing to store; who has it can neither reverse hashes nor join them with another organization's. */
export function privacyHashKey(masterKey: Uint8Array, orgId: OrgId): Uint8Array {
  const purpose = `aegisguard privacy hash v1 ${orgId}`;
  return new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(), purpose, HASH_KEY_BYTES));
}
