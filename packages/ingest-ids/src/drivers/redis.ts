import { AegisError } from '@aegisguard/model';
import { type IngestIds, REMEMBERED_MS } from '../driver.ts';

/** What the Redis driver needs. */
export interface RedisIngestIdsOptions {
  readonly url: string;
  /** Put before every key; none by default. */
  readonly keyPrefix?: string;
  /** Told of a lost connection; the client reconnects by itself. */
  readonly onError?: (error: Error) => void;
}

const COMMAND_TIMEOUT_MS = 5000;
const RETRY_AFTER_SECONDS = 5;
/** Commands in one pipeline. */
const PIPELINE_MAX = 5000;

/** Ids in Redis, shared by every worker: a key each, about 100 bytes, that expires by itself. Needs Redis 7, where SET takes NX and GET together. */
export async function openRedisIngestIds({ url, keyPrefix = '', onError }: RedisIngestIdsOptions): Promise<IngestIds> {
  // The client is hundreds of modules: only who uses it loads it.
  const { createClient } = await import('redis');
  const client = createClient({ url, disableOfflineQueue: true, commandOptions: { timeout: COMMAND_TIMEOUT_MS } });
  // Without a listener a lost connection would end the process.
  client.on('error', (error: Error) => onError?.(error));
  await reach(() => client.connect());

  const claimOne = (id: bigint, batchId: string) =>
    client.set(`${keyPrefix}ingest-id:${id.toString(16)}`, batchId, {
      condition: 'NX',
      GET: true,
      expiration: { type: 'PX', value: REMEMBERED_MS },
    });

  return {
    async claim(batchId, ids) {
      const taken: number[] = [];
      for (let from = 0; from < ids.length; from += PIPELINE_MAX) {
        const slice = [...ids.subarray(from, from + PIPELINE_MAX)];
        const owners = await reach(() => Promise.all(slice.map((id) => claimOne(id, batchId))));
        for (const [at, owner] of owners.entries()) {
          if (owner !== null && owner !== batchId) {
            taken.push(from + at);
          }
        }
      }
      return taken;
    },
    close: async () => {
      if (client.isOpen) {
        await client.close().catch(() => client.destroy());
      }
    },
  };
}

async function reach<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw new AegisError('unavailable', {
      internal: 'Redis cannot remember the ids of records',
      cause: error,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}
