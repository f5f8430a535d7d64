import { createHmac } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openAccounts } from '@aegisguard/accounts';
import type { Config, Secrets } from '@aegisguard/config';
import {
  openEmbeddedIngestIds,
  openEmbeddedLogMetrics,
  openRedisIngestIds,
  openRedisLogMetrics,
} from '@aegisguard/ingest-ids';
import { openMemoryLimits, openRedisLimits } from '@aegisguard/limits';
import { AegisError } from '@aegisguard/model';
import { createOutgoing } from '@aegisguard/outgoing';
import { openEmbeddedQueue, openRedisQueue, type QueueDriver } from '@aegisguard/queue';
import { openClickHouse, type StorageDriver } from '@aegisguard/storage';
import { openMemoryTails, openRedisTails } from '@aegisguard/tail';
import type { Logger } from 'pino';
import { AccessDirectory } from './platform/access-directory.ts';
import { AccessTokens } from './platform/access-token.ts';
import type { Engines } from './platform/engines.ts';
import { KeyUse } from './platform/key-use.ts';
import { openMailer } from './platform/mailer.ts';
import { SecurityEvents } from './platform/security-events.ts';
import { SelfMetrics } from './platform/self-metrics.ts';
import { SigningKeys } from './platform/signing-keys.ts';

/** Called before each step of the start, which may take a while on a first start. */
export type ReportStep = (step: string) => void;

/** Opens every engine that the configuration names and brings their schemas up to date. */
export async function openEngines(
  config: Config,
  secrets: Secrets,
  logger: Logger,
  report: ReportStep,
): Promise<Engines> {
  if (config.postgres.kind === 'embedded') {
    throw new AegisError('unavailable', {
      internal: 'DATABASE_URL is not set: start through the launcher, which runs PostgreSQL',
    });
  }
  report('opening PostgreSQL');
  const accounts = await openAccounts({ databaseUrl: config.postgres.url, masterKey: secrets.masterKey, logger });
  await accounts.migrate();
  report('opening the queue');
  const queue = await openQueue(config, logger);
  report('opening ClickHouse');
  const storage = await openStorage(config, logger);
  await storage.migrate();
  const limits = config.queue.kind === 'redis' ? await openRedisLimits({ url: config.queue.url }) : openMemoryLimits();
  const ingestIds =
    config.queue.kind === 'redis'
      ? await openRedisIngestIds({ url: config.queue.url })
      : openEmbeddedIngestIds({
          directory: join(config.dataDir, 'ingest-ids'),
          onDamaged: (path) =>
            logger.warn(
              { path },
              'ids of records were damaged and are forgotten: records that come again may be stored twice',
            ),
        });
  const logMetrics =
    config.queue.kind === 'redis'
      ? await openRedisLogMetrics({ url: config.queue.url })
      : openEmbeddedLogMetrics({
          directory: join(config.dataDir, 'log-metrics'),
          onDamaged: (path) =>
            logger.warn({ path }, 'the totals of metrics made of logs were damaged: they begin at nothing'),
        });
  const tails = config.queue.kind === 'redis' ? await openRedisTails({ url: config.queue.url }) : openMemoryTails();
  const metrics = new SelfMetrics();
  const securityEvents = new SecurityEvents({ queue, metrics, logger, nowMs: Date.now });
  securityEvents.start();
  const keyUse = new KeyUse(accounts.apiKeys, logger, Date.now);
  keyUse.start();
  return {
    config,
    logger,
    metrics,
    accounts,
    queue,
    storage,
    limits,
    ingestIds,
    logMetrics,
    tails,
    tokens: new AccessTokens([secrets.jwtSecret, ...secrets.formerJwtSecrets]),
    signingKeys: new SigningKeys([secrets.jwtSecret, ...secrets.formerJwtSecrets]),
    keyUse,
    access: new AccessDirectory(accounts),
    mailer: openMailer(config.mail),
    outgoing: createOutgoing({ allowPrivate: config.allowPrivateWebhooks }),
    securityEvents,
    cursorKey: createHmac('sha256', secrets.jwtSecret).update('cursor key').digest(),
    ssoCookieKey: createHmac('sha256', secrets.jwtSecret).update('single sign-on cookie key').digest(),
    otlpPorts: { http: null, grpc: null },
  };
}

/** Closes them, the ones that others write to last; one that fails does not keep the others open. */
export async function closeEngines(engines: Engines): Promise<void> {
  const { accounts, ingestIds, keyUse, limits, logger, logMetrics, mailer, outgoing, queue } = engines;
  const { securityEvents, storage, tails } = engines;
  const stores = { queue, storage, limits, ingestIds, logMetrics, keyUse, accounts };
  const inOrder = { tails, outgoing, mailer, securityEvents, ...stores };
  for (const [name, engine] of Object.entries(inOrder)) {
    try {
      await engine.close();
    } catch (error) {
      logger.error({ err: error, engine: name }, 'an engine could not be closed');
    }
  }
}

/** Logs wait here as they came, unscrubbed: nobody else on the machine may read them. */
const PRIVATE = { recursive: true, mode: 0o700 };

async function openQueue({ queue }: Config, logger: Logger): Promise<QueueDriver> {
  return queue.kind === 'redis'
    ? openRedisQueue({ url: queue.url, logger })
    : openEmbeddedQueue({ directory: queue.path, logger });
}

async function openStorage({ clickhouse }: Config, logger: Logger): Promise<StorageDriver> {
  if (clickhouse.kind === 'embedded') {
    await mkdir(clickhouse.path, PRIVATE);
  }
  return openClickHouse(clickhouse.kind === 'server' ? { kind: 'server', url: clickhouse.urls[0] } : clickhouse, {
    logger,
  });
}
