import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv } from '@aegisguard/config';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// Reports and is stopped as the real server (apps/api/src/main.ts) is, writes down what it was given, and drains slowly enough to be seen.
const SERVER = `
  import { writeFileSync } from 'node:fs';
  import { join } from 'node:path';
  const { AEGIS_DATA_DIR, DATABASE_URL, AEGIS_MASTER_KEY, AEGIS_JWT_SECRET, UV_THREADPOOL_SIZE } = process.env;
  const given = { pid: process.pid, DATABASE_URL, AEGIS_MASTER_KEY, AEGIS_JWT_SECRET, UV_THREADPOOL_SIZE };
  const report = (message) => { if (process.connected) process.send(message, undefined, undefined, () => undefined); };
  const drain = () => setTimeout(() => { writeFileSync(join(AEGIS_DATA_DIR, 'drained'), ''); process.exit(0); }, 500);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, drain);
  process.once('disconnect', drain);
  setInterval(() => report({ type: 'heartbeat' }), 200);
  writeFileSync(join(AEGIS_DATA_DIR, 'given.json'), JSON.stringify(given));
  report({ type: 'ready', url: 'http://127.0.0.1:8080', isFirstStart: true });
  console.log('AegisGuard is ready');`;

let folder = '';
let dataDir = '';
let launchers: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aegis-launch-'));
  dataDir = join(folder, 'data');
  writeFileSync(join(folder, 'server.mjs'), SERVER);
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  writeFileSync(
    join(folder, 'launcher.mjs'),
    `import { launch } from ${url('./launch.ts')};
     import { loadConfig } from ${url('../../../packages/config/src/index.ts')};
     const say = (line) => console.log(line);
     const program = ${JSON.stringify(join(folder, 'server.mjs'))};
     const onReady = (report) => say(JSON.stringify(report));
     process.exitCode = await launch({ config: loadConfig(), env: process.env, say, program, onReady }).catch((error) => { say(error.message); return 1; });`,
  );
});
afterEach(async () => {
  for (const launcher of launchers) await stop(launcher, 'SIGTERM');
  launchers = [];
  rmSync(folder, { recursive: true, force: true });
});

class Running {
  readonly child: ChildProcess;
  output = '';

  constructor(script: string, env: Readonly<Record<string, string>> = {}) {
    const args = ['--disable-warning=ExperimentalWarning', '--conditions=@aegisguard/source', script];
    const inherited = Object.entries(processEnv()).filter(([name]) => !/^(AEGIS_|npm_|DATABASE_URL)/.test(name));
    this.child = spawn(process.execPath, args, {
      env: { ...Object.fromEntries(inherited), AEGIS_DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    launchers.push(this.child);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
  }

  says(text: string): Promise<void> {
    return expect.poll(() => this.output).toContain(text);
  }
}

const start = () => new Running(join(folder, 'launcher.mjs'));

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'exit');
  }
  return child.exitCode;
}

function given(): { pid: number; [name: string]: unknown } {
  return JSON.parse(readFileSync(join(dataDir, 'given.json'), 'utf8'));
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function isListening(url: unknown): Promise<boolean> {
  const { hostname, port } = new URL(String(url));
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', () => resolve(false)).once('connect', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });
}

async function expectNothingLeft(): Promise<void> {
  const { pid, DATABASE_URL } = given();
  await expect.poll(() => isAlive(pid)).toBe(false);
  await expect.poll(() => isListening(DATABASE_URL)).toBe(false);
}

describe('launch', () => {
  it('hands the server a database and secrets, passes its output through, and stops everything on SIGTERM', async () => {
    const launcher = start();
    await launcher.says('AegisGuard is ready');
    await launcher.says('{"type":"ready","url":"http://127.0.0.1:8080","isFirstStart":true}');
    const { DATABASE_URL, AEGIS_MASTER_KEY, AEGIS_JWT_SECRET, UV_THREADPOOL_SIZE } = given();
    expect(await isListening(DATABASE_URL)).toBe(true);
    expect(String(AEGIS_MASTER_KEY)).toBe(readFileSync(join(dataDir, 'secrets', 'master-key'), 'utf8').trim());
    expect(String(AEGIS_JWT_SECRET).length).toBeGreaterThanOrEqual(32);
    expect(UV_THREADPOOL_SIZE).toBe('16');

    expect(await stop(launcher.child, 'SIGTERM')).toBe(0);
    expect(existsSync(join(dataDir, 'drained'))).toBe(true);
    await expectNothingLeft();
    for (const secret of [AEGIS_MASTER_KEY, AEGIS_JWT_SECRET, new URL(String(DATABASE_URL)).password]) {
      expect(launcher.output).not.toContain(secret);
    }
  });

  it('leaves nothing behind when it is killed, and the next one waits for what drains', async () => {
    const launcher = start();
    await launcher.says('AegisGuard is ready');
    const first = given();
    await stop(launcher.child, 'SIGKILL');
    const next = start();
    await next.says('AegisGuard is ready');
    expect(existsSync(join(dataDir, 'drained'))).toBe(true);
    expect(isAlive(first.pid)).toBe(false);
    expect(given().pid).not.toBe(first.pid);
    expect(given().AEGIS_JWT_SECRET).toBe(first.AEGIS_JWT_SECRET);
    await stop(next.child, 'SIGKILL');
    await expectNothingLeft();
  });

  it('refuses a directory that is in use, without touching the other one', async () => {
    const first = start();
    await first.says('AegisGuard is ready');
    const second = start();
    // Not its exit: what it said may come after that.
    await once(second.child, 'close');
    expect(second.child.exitCode).toBe(1);
    expect(second.output).toContain(
      `The data directory ${dataDir} is in use by the process with pid ${first.child.pid}`,
    );
    expect(isAlive(given().pid)).toBe(true);
  });
});

describe('launch, when PostgreSQL dies', () => {
  it('brings it back where the server expects it, and lets the server be', async () => {
    const launcher = start();
    await launcher.says('AegisGuard is ready');
    const { pid: server, DATABASE_URL } = given();
    const { pid } = launcher.child;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    process.kill(children.find((child) => child !== server) ?? 0, 'SIGKILL');
    await launcher.says('PostgreSQL has ended');
    await expect.poll(() => isListening(DATABASE_URL)).toBe(true);
    expect(isAlive(server)).toBe(true);
    expect(given().pid).toBe(server);
    expect(await stop(launcher.child, 'SIGTERM')).toBe(0);
    await expectNothingLeft();
  });
});

describe('main', () => {
  it('lists every problem of the configuration, without secrets, and exits with 78', async () => {
    const main = new Running(new URL('./main.ts', import.meta.url).pathname, {
      AEGIS_PORT: 'eighty',
      AEGIS_ORG_SECRET: 'hunter2',
      DATABASE_URL: 'mysql://root:hunter2@db',
    });
    await once(main.child, 'close');
    expect(main.child.exitCode).toBe(78);
    for (const name of ['AEGIS_PORT', 'AEGIS_ORG_SECRET', 'DATABASE_URL', 'AEGIS_MASTER_KEY', 'AEGIS_JWT_SECRET']) {
      expect(main.output).toContain(name);
    }
    expect(main.output).not.toContain('hunter2');
    expect(existsSync(dataDir)).toBe(false);
  });
});
