import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createClient } from 'redis';

const START_MS = 10_000;

// The server ends with us however we end: the shell's other half waits for the end of our pipe. Without a terminal's Ctrl-C, which is ours to hear.
const UNTIL_PIPE_ENDS = `exec 3<&0
redis-server "$@" </dev/null 3<&- & server=$!
(cat <&3 >/dev/null; kill "$server" 2>/dev/null) & 
exec 3<&-
wait "$server"`;

/** The shop's Redis. */
export interface ShopRedis {
  readonly url: string;
  readonly exited: Promise<unknown>;
  /** Forgets everything that is cached. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the machine's redis-server on loopback, in memory only. */
export async function startShopRedis(directory: string, port: number): Promise<ShopRedis> {
  await mkdir(directory, { recursive: true });
  const settings = { port, bind: '127.0.0.1', dir: directory, save: '', appendonly: 'no', maxmemory: '64mb' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const server = spawn('sh', ['-c', UNTIL_PIPE_ENDS, 'redis', ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const exited = once(server, 'exit');
  const url = `redis://127.0.0.1:${port}`;
  const client = createClient({ url });
  client.on('error', () => undefined);
  const timer = setTimeout(() => server.stdin?.end(), START_MS);
  await Promise.race([client.connect(), failsWhenEnded(exited)]).finally(() => clearTimeout(timer));
  return {
    url,
    exited,
    flush: async () => {
      // The stream of orders is no cache.
      const keys = await client.keys('product:*');
      if (keys.length > 0) await client.del(keys);
    },
    stop: async () => {
      client.destroy();
      server.stdin?.end();
      await exited;
    },
  };
}

/** Whether this machine has a redis-server. */
export function hasRedis(): Promise<boolean> {
  const probe = spawn('redis-server', ['--version'], { stdio: 'ignore' });
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.once('exit', (code) => resolve(code === 0));
  });
}

async function failsWhenEnded(exited: Promise<unknown>): Promise<never> {
  await exited;
  throw new Error('redis-server does not start');
}
