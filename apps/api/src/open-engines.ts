import { createHmac } from 'node:crypto';
import { openAccounts } from '@aegisguard/accounts';
import type { Config, Secrets } from '@aegisguard/config';
import { openMemoryLimits, openRedisLimits } from '@aegisguard/limits';
import { AegisError } from '@aegisguard/model';
import { openEmbeddedQueue, openRedisQueue, type QueueDriver } from '@aegisguard/queue';
import { openClickHouse, type StorageDriver } from '@aegisguard/storage';
import type { Logger } from 'pino';
import { AccessTokens } from './platform/access-token.ts';
import type { Engines } from './platform/engines.ts';
import { SelfMetrics } from './platform/self-metrics.ts';

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
  const accounts = await openAccounts({ databaseUrl: config.postgres.url, masterKey: secrets.masterKey });
  await accounts.migrate();
  report('opening the queue');
  const queue = await openQueue(config, logger);
  report('opening ClickHouse');
  const storage = await openStorage(config, logger);
  await storage.migrate();
  const limits = config.queue.kind === 'redis' ? await openRedisLimits({ url: config.queue.url }) : openMemoryLimits();
  return {
    config,
    logger,
    metrics: new SelfMetrics(),
    accounts,
    queue,
    storage,
    limits,
    tokens: new AccessTokens(secrets.jwtSecret),
    cursorKey: createHmac('sha256', secrets.jwtSecret).update('cursor key').digest(),
  };
}

/** Closes them, the ones that others write to last. */
export async function closeEngines(engines: Engines): Promise<void> {
  await engines.queue.close();
  await engines.storage.close();
  await engines.limits.close();
  await engines.accounts.close();
}

async function openQueue({ queue }: Config, logger: Logger): Promise<QueueDriver> {
  return queue.kind === 'redis'
    ? openRedisQueue({ url: queue.url, logger })
    : openEmbeddedQueue({ directory: queue.path, logger });
}

async function openStorage({ clickhouse }: Config, logger: Logger): Promise<StorageDriver> {
  return openClickHouse(clickhouse.kind === 'server' ? { kind: 'server', url: clickhouse.urls[0] } : clickhouse, {
    logger,
  });
}
