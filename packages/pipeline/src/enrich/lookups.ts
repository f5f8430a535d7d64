import type { JsonObject } from '@aegisguard/model';

/** Says where an address is. */
export interface GeoLookup {
  /** Members as `LogRecord.geo` has them; undefined for what is no public address, or is not in the database. The caller must not change the answer. */
  find(address: string): JsonObject | undefined;
}

/** Says what a client is. */
export interface UserAgentLookup {
  /** Members as `LogRecord.userAgent` has them; undefined when nothing is known. Client hints (by header name, lower case) win over the text. The caller must not change the answer. */
  find(userAgent: string, clientHints?: Readonly<Record<string, string>>): JsonObject | undefined;
}

/** Knows nothing: where there is no database. */
export const NO_GEO: GeoLookup = { find: () => undefined };
