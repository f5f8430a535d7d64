import { randomBytes } from 'node:crypto';
import type { Accounts, IngestKey } from '@aegisguard/accounts';
import { KeyLookup } from '../platform/key-lookup.ts';

/** What a key id can look like (contract §6, "Auth"); anything else is unknown without being looked up or remembered. */
const KEY_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** Ingest keys by the value of `x-org-key`, cached. */
export class KeyDirectory {
  /** What an unknown key is checked against, so that it takes the same path and time as a wrong signature. */
  readonly decoySecret = randomBytes(32);
  private readonly lookup: KeyLookup;

  constructor(accounts: Accounts) {
    this.lookup = new KeyLookup(accounts);
  }

  /** The usable key, or undefined when it is unknown, revoked or expired. */
  async find(keyId: string): Promise<IngestKey | undefined> {
    return KEY_ID.test(keyId) ? usable(await this.lookup.find(keyId)) : undefined;
  }

  /** The key, revoked and expired ones too. */
  async known(keyId: string): Promise<IngestKey | undefined> {
    return KEY_ID.test(keyId) ? this.lookup.find(keyId) : undefined;
  }

  /** The usable key with secrets that it got since it was found as `before`; undefined when there are none. */
  async findRotated(keyId: string, before: IngestKey | undefined): Promise<IngestKey | undefined> {
    return KEY_ID.test(keyId) ? usable(await this.lookup.findRotated(keyId, before)) : undefined;
  }
}

function usable(key: IngestKey | undefined): IngestKey | undefined {
  return key === undefined || key.revoked ? undefined : key;
}
