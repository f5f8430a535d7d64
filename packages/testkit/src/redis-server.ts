import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

const READY = 'Ready to accept connections';
const START_TIMEOUT_MS = 20_000;

/** A redis-server of the tests' own. */
export interface TestRedis {
  readonly url: string;
  /** Starts it again, on the same port and the same data, after `kill`. */
  restart(): Promise<void>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/** Why no redis-server can be started here; undefined when one can. For `test.skip` with a reason. */
export function whyNoRedis(): string | undefined {
  const { error, status } = spawnSync('redis-server', ['--version']);
  return error === undefined && status === 0
    ? undefined
    : 'redis-server is not installed (Debian: apt-get install redis-server)';
}

/** Starts Debian's redis-server on a free port of the loopback, in a temporary directory, with an append-only file. */
export async function startRedis(): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'aegis-redis-'));
  const port = await freePort();
  let server = await start(directory, port);
  const kill = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
    }
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    restart: async () => {
      server = await start(directory, port);
    },
    kill,
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function start(directory: string, port: number): Promise<ChildProcess> {
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    'yes',
  ];
  const server = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      server.kill('SIGKILL');
      reject(new Error(`redis-server ${why}:\n${output}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS);
    server.once('error', (error) => fail(error.message));
    const onExit = (code: number | null) => fail(`ended with ${String(code)}`);
    server.once('exit', onExit);
    server.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(READY)) {
        clearTimeout(timer);
        server.off('exit', onExit);
        resolve();
      }
    });
  });
  return server;
}
