import { randomBytes } from 'node:crypto';
import { type Accounts, type IngestKey, isTokenOf, keyIdOfToken } from '@aegisguard/accounts';
import { AegisError } from '@aegisguard/model';
import { ExpiringCache } from './expiring-cache.ts';

/** A revoked token must stop within 5 seconds in every process (issue "The gateway"), so no entry lives longer. */
const KEY_TTL_MS = 4000;
/** A secret that is not among a key's known ones may be the new one of a rotation: then the key is looked up again, at most this often. */
const RECHECK_TTL_MS = 500;
const KEYS_MAX = 10_000;

/** Bearer tokens of API keys on routes that read. */
export class QueryTokens {
  /** What a token of an unknown key is compared with, so that it takes the same path as a wrong secret. */
  private readonly decoy = [randomBytes(32)];
  private readonly known = new ExpiringCache<IngestKey | undefined>(KEY_TTL_MS, KEYS_MAX);
  private readonly rechecked = new ExpiringCache<IngestKey | undefined>(RECHECK_TTL_MS, KEYS_MAX);

  constructor(private readonly accounts: Pick<Accounts, 'findIngestKey'>) {}

  /** The key of a valid query token; undefined for a text that is no API key's token at all. Throws `unauthorized` for unknown and ended tokens, `forbidden` for one that writes. */
  async verify(token: string): Promise<IngestKey | undefined> {
    const keyId = keyIdOfToken(token);
    if (keyId === undefined) {
      return undefined;
    }
    const load = () => this.accounts.findIngestKey(keyId);
    let key = await this.known.get(keyId, load);
    let isRight = isTokenOf(token, key?.secrets ?? this.decoy);
    if (!isRight && key !== undefined && !key.revoked) {
      key = await this.rechecked.get(keyId, load);
      isRight = isTokenOf(token, key?.secrets ?? this.decoy);
    }
    if (!isRight || key === undefined || key.revoked) {
      throw new AegisError('unauthorized', { detail: 'The token is unknown, revoked or expired.' });
    }
    if (key.kind !== 'query') {
      throw new AegisError('forbidden', { detail: 'An ingest token cannot read: use a query token, or sign in.' });
    }
    return key;
  }
}
