import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const READY = 'Server is ready to receive web requests';
const START_TIMEOUT_MS = 30_000;

/** A Prometheus of the tests' own. */
export interface TestPrometheus {
  readonly url: string;
  /** SIGTERM, waits, and removes its data. */
  stop(): Promise<void>;
}

/** Why no Prometheus can be started here; undefined when one can. */
export function whyNoPrometheus(): string | undefined {
  const { error, status } = spawnSync('prometheus', ['--version']);
  return error === undefined && status === 0
    ? undefined
    : 'prometheus is not installed (Debian: apt-get install prometheus)';
}

/** What `promtool check config` says about a configuration: undefined when it is valid. */
export async function prometheusConfigFault(yaml: string): Promise<string | undefined> {
  const directory = await mkdtemp(join(tmpdir(), 'aegis-promtool-'));
  const file = join(directory, 'prometheus.yml');
  await writeFile(file, yaml);
  try {
    await promisify(execFile)('promtool', ['check', 'config', file]);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Starts Debian's Prometheus on a free port of the loopback with the given configuration (YAML, or an object); it may scrape itself as `self`. */
export async function startPrometheus(config: (self: string) => string | object): Promise<TestPrometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'aegis-prometheus-'));
  const self = `127.0.0.1:${await freePort()}`;
  const file = join(directory, 'prometheus.yml');
  const wanted = config(self);
  await writeFile(file, typeof wanted === 'string' ? wanted : JSON.stringify(wanted));
  const flags = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(directory, 'data')}`,
    `--web.listen-address=${self}`,
    '--web.enable-remote-write-receiver',
  ];
  const server = spawn('prometheus', flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(server);
  return {
    url: `http://${self}`,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const exited = once(server, 'exit');
        server.kill('SIGTERM');
        await exited;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => {
      server.kill('SIGKILL');
      reject(new Error(`prometheus ${why}:\n${output}`));
    };
    const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS);
    server.once('error', (error) => fail(error.message));
    const onExit = (code: number | null) => fail(`ended with ${String(code)}`);
    server.once('exit', onExit);
    server.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(READY)) {
        clearTimeout(timer);
        server.off('exit', onExit);
        resolve();
      }
    });
  });
}
