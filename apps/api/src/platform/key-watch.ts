import type { IngestKey } from '@aegisguard/accounts';
import type { JsonObject } from '@aegisguard/model';
import type { SecurityEvents } from './security-events.ts';
import type { SelfMetrics } from './self-metrics.ts';

/** Where a key was named, and for what. */
export interface KeySighting {
  readonly ip: string;
  /** The route. */
  readonly target: string;
  /** What was wrong, where more is known than that. */
  readonly message?: string | undefined;
}

/** A header can be far longer than any origin. UTF-16 units. */
const ORIGIN_LENGTH_MAX = 255;

/** Tells an organization of what is tried with its keys. A key that nobody has has no organization: it is counted only. */
export class KeyWatch {
  constructor(
    private readonly events: SecurityEvents,
    private readonly metrics: SelfMetrics,
  ) {}

  /** Somebody named a key without proof that it is theirs; `key` as it is known, ended ones too. */
  proofRefused(key: IngestKey | undefined, use: KeySighting): void {
    if (key === undefined) {
      this.metrics.ingestUnknownKeys.inc();
      return;
    }
    const ended = key.expired ? 'keys.expired_used' : 'keys.revoked_used';
    this.raise(key, key.revoked ? ended : 'keys.signature_invalid', use);
  }

  /** A key was used for what it may not do. */
  scopeRefused(key: IngestKey, use: KeySighting): void {
    this.raise(key, 'keys.scope_refused', use);
  }

  /** A browser key was used by a page that it is not for. */
  originRefused(key: IngestKey, origin: string, use: KeySighting): void {
    this.raise(key, 'keys.origin_refused', use, { origin: origin.slice(0, ORIGIN_LENGTH_MAX) });
  }

  private raise(
    { keyId, kind, orgId }: IngestKey,
    type:
      | 'keys.revoked_used'
      | 'keys.expired_used'
      | 'keys.signature_invalid'
      | 'keys.scope_refused'
      | 'keys.origin_refused',
    { ip, message, target }: KeySighting,
    attributes: JsonObject = {},
  ): void {
    this.events.raise(orgId, { type, actor: keyId, ip, target, message, attributes: { kind, ...attributes } });
  }
}
