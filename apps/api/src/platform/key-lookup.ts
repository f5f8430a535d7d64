import type { Accounts, IngestKey } from '@aegisguard/accounts';
import { ExpiringCache } from './expiring-cache.ts';

/** A revoked key must stop within 5 seconds in every process (issue "The gateway"), so no entry lives longer. */
const KEY_TTL_MS = 4000;
/** How often at most a key is looked up again because of a secret that it is not known to have. */
const AGAIN_TTL_MS = 500;
const KEYS_MAX = 10_000;

/** Keys by id, cached, revoked and unknown ones too. */
export class KeyLookup {
  private readonly known = new ExpiringCache<IngestKey | undefined>(KEY_TTL_MS, KEYS_MAX);
  private readonly again = new ExpiringCache<IngestKey | undefined>(AGAIN_TTL_MS, KEYS_MAX);

  constructor(private readonly accounts: Accounts) {}

  find(keyId: string): Promise<IngestKey | undefined> {
    return this.known.get(keyId, () => this.accounts.ingestKeys.find(keyId));
  }

  /**
   * The key as it is by now, if its secrets are others than those of `before`, which `find` gave: a rotation's new secret works at once, not only when the cache forgets. Costs the same for
   * unknown keys, so that a wrong secret does not tell whether there is such a key.
   */
  async findRotated(keyId: string, before: IngestKey | undefined): Promise<IngestKey | undefined> {
    const now = await this.again.get(keyId, () => this.accounts.ingestKeys.find(keyId));
    const isSame =
      now?.secrets.length === before?.secrets.length &&
      now?.secrets.every((secret, at) => before?.secrets[at]?.equals(secret));
    return isSame ? undefined : now;
  }
}
