import type { QueueLogger } from '../../queue-logger.ts';
import type { RedisConnection } from './redis-connection.ts';

/** Tells the operator when the server's settings do not keep what the queue promises. Servers that do not show their settings are left alone. */
export async function checkServer(connection: RedisConnection, logger: QueueLogger): Promise<void> {
  const policy = await setting(connection, 'maxmemory-policy');
  if (policy !== undefined && policy !== 'noeviction') {
    const advice = `Redis may throw queued messages away when its memory is full (maxmemory-policy ${policy}): set it to noeviction`;
    logger.warn({ policy }, advice);
  }
  if ((await setting(connection, 'appendonly')) === 'no') {
    logger.warn(
      {},
      'Redis keeps no append-only file: queued messages may be lost when it restarts; set appendonly to yes',
    );
  }
}

async function setting(connection: RedisConnection, name: string): Promise<string | undefined> {
  try {
    const [, value] = await connection.command<readonly Buffer[]>(['CONFIG', 'GET', name]);
    return value?.toString();
  } catch {
    return undefined;
  }
}
