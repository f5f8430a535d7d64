import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processEnv } from '@aegisguard/config';
import { signIn } from '@aegisguard/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';

// `npm run demo` as somebody starts it who has just cloned the repository, but for the ports.

let directory = '';
let running: Demo[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aegis-demo-main-'));
});
afterEach(async () => {
  for (const demo of running) await demo.stop('SIGTERM');
  running = [];
  await rm(directory, { recursive: true, force: true });
});

class Demo {
  readonly child: ChildProcess;
  output = '';

  constructor() {
    const inherited = Object.entries(processEnv()).filter(([name]) => !/^(?:AEGIS_|npm_|[A-Z]+_URL$)/u.test(name));
    const ports = { AEGIS_PORT: '0', AEGIS_OTLP_HTTP_PORT: '0', AEGIS_OTLP_GRPC_PORT: '0' };
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    this.child = spawn(process.execPath, ['--conditions=@aegisguard/source', main], {
      env: { ...Object.fromEntries(inherited), ...ports, AEGIS_DATA_DIR: join(directory, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    running.push(this);
  }

  /** Where it says that the shop is open. */
  async opened(): Promise<string> {
    const OPEN = /The demo shop is open\s+(\S+)\/o\//u;
    await expect.poll(() => this.output, { timeout: 120_000 }).toMatch(OPEN);
    return OPEN.exec(this.output)?.[1] ?? '';
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
    return this.child.exitCode;
  }
}

/** All processes below one, as `pid command`. */
function below(pid: number | undefined): string[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const status = /^\d+$/u.test(entry) ? readProc(`${entry}/status`) : '';
    const parent = Number(/^PPid:\s+(\d+)/mu.exec(status)?.[1] ?? -1);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found: string[] = [];
  const waiting = [...(children.get(pid ?? -1) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(`${next} ${readProc(`${next}/cmdline`)}`);
    waiting.push(...(children.get(next) ?? []));
  }
  return found;
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

function stillThere(processes: readonly string[]): string[] {
  return processes.filter((line) => {
    const [pid = '', ...command] = line.split(' ');
    return readProc(`${pid}/cmdline`) === command.join(' ') && command.join('') !== '';
  });
}

async function kept(url: string): Promise<{ organizations: string[]; dashboards: string[]; keys: number }> {
  const file = (name: string) => JSON.parse(readFileSync(join(directory, 'data', 'demo', name), 'utf8'));
  const { email, password } = file('login.json');
  const { accessToken } = await signIn(url, email, password);
  const headers = { authorization: `Bearer ${accessToken}`, 'x-org-id': file('keys.json').orgId };
  const read = async <Answer>(path: string) => (await (await fetch(`${url}${path}`, { headers })).json()) as Answer;
  const me = await read<{ organizations: { name: string }[] }>('/auth/me');
  const dashboards = await read<{ items: { title: string }[] }>('/dashboards');
  const keys = await read<{ items: unknown[] }>('/apikeys');
  return {
    organizations: me.organizations.map(({ name }) => name).sort(),
    dashboards: dashboards.items.map(({ title }) => title),
    keys: keys.items.length,
  };
}

it('gives its owner an organization once, leaves nothing behind when killed, and stops whole', async () => {
  const first = new Demo();
  const url = await first.opened();
  const expected = { organizations: ['Default organization', 'Demo shop'], dashboards: ['Demo shop'], keys: 2 };
  expect(await kept(url)).toEqual(expected);
  for (const name of ['login.json', 'keys.json']) {
    expect(statSync(join(directory, 'data', 'demo', name)).mode & 0o777).toBe(0o600);
  }
  const { password } = JSON.parse(readFileSync(join(directory, 'data', 'demo', 'login.json'), 'utf8'));
  expect(first.output).toContain(password);

  const started = below(first.child.pid);
  for (const part of ['launcher/dist/main.js', 'services/storefront.ts', 'visitors/main.ts', 'bin/postgres']) {
    expect(started.join('\n')).toContain(part);
  }
  await first.stop('SIGKILL');
  await expect.poll(() => stillThere(started)).toEqual([]);

  const second = new Demo();
  expect(await kept(await second.opened())).toEqual(expected);
  expect(second.output).not.toContain(password);
  const again = below(second.child.pid);
  expect(await second.stop('SIGTERM')).toBe(0);
  expect(stillThere(again)).toEqual([]);
});
