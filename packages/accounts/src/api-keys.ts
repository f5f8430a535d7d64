import type { ApiKeyKind, IngestScope } from '@aegisguard/model';

/** A key as people manage it: nothing secret. */
export interface ApiKey {
  /** Public; the value of `x-org-key`. */
  readonly id: string;
  readonly name: string;
  readonly kind: ApiKeyKind;
  readonly scopes: readonly IngestScope[];
  readonly origins: readonly string[];
  readonly requireTimestamp: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** What a new key is made from; what is absent depends on the kind (`NewApiKeyRequest` of packages/model). */
export interface NewApiKey {
  readonly name: string;
  readonly kind: ApiKeyKind;
  readonly scopes?: readonly IngestScope[] | undefined;
  readonly origins?: readonly string[] | undefined;
  readonly requireTimestamp?: boolean | undefined;
  readonly expiresAt?: Date | undefined;
}

/** A key as its maker sees it, this once: the HMAC secret or the bearer token, null for `browser`. */
export interface ApiKeyCredentials extends ApiKey {
  readonly secret: string | null;
}

/** Which page of keys. */
export interface ApiKeyListRequest {
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** A page of keys, newest first. */
export interface ApiKeyListing {
  readonly items: readonly ApiKey[];
  readonly nextCursor: string | null;
}
