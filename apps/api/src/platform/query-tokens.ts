import { randomBytes } from 'node:crypto';
import { type Accounts, type IngestKey, isTokenOf, keyIdOfToken } from '@aegisguard/accounts';
import { AegisError } from '@aegisguard/model';
import { KeyLookup } from './key-lookup.ts';
import type { KeyUse } from './key-use.ts';
import type { KeySighting, KeyWatch } from './key-watch.ts';

/** Bearer tokens of API keys on routes that read. */
export class QueryTokens {
  /** What a token of an unknown key is compared with, so that it takes the same path as a wrong secret. */
  private readonly decoy = [randomBytes(32)];
  private readonly lookup: KeyLookup;

  constructor(
    accounts: Accounts,
    private readonly watch: KeyWatch,
    private readonly keyUse: KeyUse,
  ) {
    this.lookup = new KeyLookup(accounts);
  }

  /** The key of a valid query token; undefined for a text that is no API key's token at all. Throws `unauthorized` for unknown and ended tokens, `forbidden` for one that writes. */
  async verify(token: string, use: KeySighting): Promise<IngestKey | undefined> {
    const keyId = keyIdOfToken(token);
    if (keyId === undefined) {
      return undefined;
    }
    const known = await this.lookup.find(keyId);
    const key = this.has(known, token) ? known : await this.lookup.findRotated(keyId, known);
    if (key === undefined || !this.has(key, token)) {
      this.watch.proofRefused(key ?? known, use);
      throw new AegisError('unauthorized', { detail: 'The token is unknown, revoked or expired.' });
    }
    if (key.kind !== 'query') {
      this.watch.scopeRefused(key, use);
      throw new AegisError('forbidden', { detail: 'An ingest token cannot read: use a query token, or sign in.' });
    }
    this.keyUse.note(key.keyId);
    return key;
  }

  /** Whether a token that was verified would be again; a key that ended meanwhile is nothing to be noticed. */
  async isStillGood(token: string): Promise<boolean> {
    const key = await this.lookup.find(keyIdOfToken(token) ?? '');
    return this.has(key, token);
  }

  /** A revoked key has no secrets. */
  private has(key: IngestKey | undefined, token: string): boolean {
    return isTokenOf(token, key?.secrets ?? this.decoy) && key !== undefined;
  }
}
