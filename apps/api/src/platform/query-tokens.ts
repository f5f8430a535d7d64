import { randomBytes } from 'node:crypto';
import { type Accounts, type IngestKey, isTokenOf, keyIdOfToken } from '@aegisguard/accounts';
import { AegisError } from '@aegisguard/model';
import { ExpiringCache } from './expiring-cache.ts';

/** A revoked token must stop within 5 seconds in every process (issue "The gateway"), so no entry lives longer. */
const KEY_TTL_MS = 4000;
const KEYS_MAX = 10_000;

/** Bearer tokens of API keys on routes that read. */
export class QueryTokens {
  /** What a token of an unknown key is compared with, so that it takes the same path as a wrong secret. */
  private readonly decoy = [randomBytes(32)];
  private readonly cache = new ExpiringCache<IngestKey | undefined>(KEY_TTL_MS, KEYS_MAX);

  constructor(private readonly accounts: Pick<Accounts, 'findIngestKey'>) {}

  /** The key of a valid query token; undefined for a text that is no API key's token at all. Throws `unauthorized` for unknown and ended tokens, `forbidden` for one that writes. */
  async verify(token: string): Promise<IngestKey | undefined> {
    const keyId = keyIdOfToken(token);
    if (keyId === undefined) {
      return undefined;
    }
    const key = await this.cache.get(keyId, () => this.accounts.findIngestKey(keyId));
    if (!isTokenOf(token, key?.secrets ?? this.decoy) || key === undefined || key.revoked) {
      throw new AegisError('unauthorized', { detail: 'The token is unknown, revoked or expired.' });
    }
    if (key.kind !== 'query') {
      throw new AegisError('forbidden', { detail: 'An ingest token cannot read: use a query token, or sign in.' });
    }
    return key;
  }
}
