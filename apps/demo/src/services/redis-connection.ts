import { createClient } from 'redis';

/** A client of the shop's Redis. */
export type RedisConnection = ReturnType<typeof newClient>;

/** Connects; null where the shop runs without Redis. */
export async function openRedis(url: string | null): Promise<RedisConnection | null> {
  if (url === null) return null;
  const client = newClient(url);
  // It connects again by itself; without a listener an error would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function newClient(url: string) {
  return createClient({ url });
}
