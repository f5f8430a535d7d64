import type { LogLevelName } from './log-level.ts';
import type { RoleName } from './roles.ts';

/** Where users, organizations and keys live. `embedded`: the launcher runs a PostgreSQL and hands its URL on, so the server itself only ever sees `server`. */
export type PostgresConfig = { readonly kind: 'embedded' } | { readonly kind: 'server'; readonly url: string };

/** Where logs live: the in-process engine on a directory, or one or more servers. */
export type ClickHouseConfig =
  | { readonly kind: 'embedded'; readonly path: string }
  | { readonly kind: 'server'; readonly urls: readonly [string, ...string[]] };

/** Where accepted batches wait. */
export type QueueConfig =
  | { readonly kind: 'embedded'; readonly path: string }
  | { readonly kind: 'redis'; readonly url: string };

/** What the first start on an empty data directory creates; what is undefined is generated. */
export interface BootstrapConfig {
  readonly adminEmail: string | undefined;
  readonly adminPassword: string | undefined;
  readonly orgName: string | undefined;
  /** Key id of the first ingest key (`x-org-key`). */
  readonly orgKey: string | undefined;
  /** HMAC secret of the first ingest key. */
  readonly orgSecret: string | undefined;
}

/** A port beside the main one. */
export interface SidePort {
  /** 0: off. */
  readonly port: number;
  /** Whether it was asked for: then it must be had, while one that is only the default may be done without. */
  readonly isGiven: boolean;
}

/** Everything that can be set from outside (contract §2), validated and frozen. */
export interface Config {
  /** Listen address. */
  readonly host: string;
  /** Listen port; 0 takes any free one. */
  readonly port: number;
  readonly otlpHttp: SidePort;
  readonly otlpGrpc: SidePort;
  /** Absolute path of everything the embedded engines keep. */
  readonly dataDir: string;
  readonly roles: ReadonlySet<RoleName>;
  readonly postgres: PostgresConfig;
  readonly clickhouse: ClickHouseConfig;
  readonly queue: QueueConfig;
  /** Requests per minute, 0 for no limit; bytes after decompression. */
  readonly limits: { readonly orgPerMin: number; readonly ipPerMin: number; readonly bodyBytesMax: number };
  /** Addresses and CIDR ranges whose `X-Forwarded-For` is believed; empty believes nobody. */
  readonly trustProxy: readonly string[];
  readonly bootstrap: BootstrapConfig;
  /** Where people reach the web application, an origin; undefined: what the request says. */
  readonly publicUrl: string | undefined;
  /** Whether anybody may register. */
  readonly registration: 'open' | 'closed';
  /** The mail server's URL, with its password, and the sender; no URL: no mail is sent. */
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** Whether addresses that organizations give may be private and loopback ones. */
  readonly allowPrivateWebhooks: boolean;
  /** Absolute paths of databases of places; undefined means the bundled ones, none means to do without. */
  readonly geoDatabases: readonly string[] | undefined;
  /** Lets callers other than loopback read `/metrics`. */
  readonly metricsToken: string | undefined;
  readonly logLevel: LogLevelName;
  /** Sentences worth printing at the start: variables that are unknown or not used yet. */
  readonly warnings: readonly string[];
}
