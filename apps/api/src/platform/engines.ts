import type { Accounts } from '@aegisguard/accounts';
import type { Config } from '@aegisguard/config';
import type { IngestIds, LogMetrics } from '@aegisguard/ingest-ids';
import type { Limits } from '@aegisguard/limits';
import type { Outgoing } from '@aegisguard/outgoing';
import type { QueueDriver } from '@aegisguard/queue';
import type { StorageDriver } from '@aegisguard/storage';
import type { TailExchange } from '@aegisguard/tail';
import type { Logger } from 'pino';
import type { AccessDirectory } from './access-directory.ts';
import type { AccessTokens } from './access-token.ts';
import type { KeyUse } from './key-use.ts';
import type { Mailer } from './mailer.ts';
import type { SecurityEvents } from './security-events.ts';
import type { SelfMetrics } from './self-metrics.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Everything that a room of the house may need, opened once at start. */
export interface Engines {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
  readonly accounts: Accounts;
  readonly queue: QueueDriver;
  readonly storage: StorageDriver;
  readonly limits: Limits;
  readonly ingestIds: IngestIds;
  /** What metrics made of logs have come to. */
  readonly logMetrics: LogMetrics;
  /** Where lines that workers make meet who watches them. */
  readonly tails: TailExchange;
  /** Tells organizations what the platform notices. */
  readonly securityEvents: SecurityEvents;
  /** Remembers which keys are used. */
  readonly keyUse: KeyUse;
  readonly tokens: AccessTokens;
  /** Of what else is handed out to come back. */
  readonly signingKeys: SigningKeys;
  readonly access: AccessDirectory;
  readonly mailer: Mailer;
  /** Calls to addresses that organizations name. */
  readonly outgoing: Outgoing;
  /** Keys the authentication of cursors; derived from the JWT secret, the same in every process. */
  readonly cursorKey: Uint8Array;
  /** Seals the cookies of logins under way with an identity provider; derived from the JWT secret, the same in every process. */
  readonly ssoCookieKey: Uint8Array;
  /** Where OTLP's own listeners are, once they are; null for one that is off. */
  readonly otlpPorts: { http: number | null; grpc: number | null };
}

/** Nest's token for `Engines`. */
export const ENGINES = Symbol('engines');
