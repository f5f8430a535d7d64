import { randomBytes } from 'node:crypto';
import type { Accounts, IngestKey } from '@aegisguard/accounts';
import { ExpiringCache } from '../platform/expiring-cache.ts';

/** A revoked key must stop within 5 seconds in every process (issue "The gateway"), so no entry lives longer. */
const KEY_TTL_MS = 4000;
const KEYS_MAX = 10_000;
/** What a key id can look like (contract §6, "Auth"); anything else is unknown without being looked up or remembered. */
const KEY_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** Ingest keys by the value of `x-org-key`, cached. */
export class KeyDirectory {
  /** What an unknown key is checked against, so that it takes the same path and time as a wrong signature. */
  readonly decoySecret = randomBytes(32);
  private readonly cache = new ExpiringCache<IngestKey | undefined>(KEY_TTL_MS, KEYS_MAX);

  constructor(private readonly accounts: Accounts) {}

  /** The usable key, or undefined when it is unknown, revoked or expired. */
  async find(keyId: string): Promise<IngestKey | undefined> {
    if (!KEY_ID.test(keyId)) {
      return undefined;
    }
    const key = await this.cache.get(keyId, () => this.accounts.findIngestKey(keyId));
    return key === undefined || key.revoked ? undefined : key;
  }
}
