import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyTemplate } from './template.ts';

const LAUNCHER = fileURLToPath(new URL('../../../apps/launcher/dist/main.js', import.meta.url));
const READY = /AegisGuard is ready\s+(?<url>http:\/\/\S+)/;
const START_TIMEOUT_MS = 120_000;

/** What can be said about the server to start. */
export interface StartServerOptions {
  /** Variables on top of a free port, a fresh directory, known secrets and no rate limits; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Keep using this directory; otherwise a temporary one is made, and removed by `stop`. */
  readonly dataDir?: string;
}

/** A server, and how to sign in to and send for an organization of it. */
export interface OrganizationAccess {
  readonly url: string;
  readonly adminEmail: string;
  readonly adminPassword: string;
  readonly orgKey: string;
  readonly orgSecret: string;
}

/** The whole product, running from its built files as `npm start` runs it. */
export interface TestServer extends OrganizationAccess {
  readonly dataDir: string;
  /** The launcher; its children are the server and PostgreSQL. */
  readonly launcher: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Pid of the server process (not the launcher). */
  serverPid(): Promise<number>;
  /** Resolves with the next URL that is announced: after a crash, the restarted server's. */
  nextReady(): Promise<string>;
  /** SIGTERM, and waits; the exit code. Removes the directory if it was made here. */
  stop(): Promise<number | null>;
}

/** Secrets that every test server has unless a test gives others. */
export const TEST_SECRETS = {
  adminEmail: 'admin@example.com',
  adminPassword: 'correct horse battery staple',
  orgKey: 'test-org-key',
  orgSecret: 'test-org-secret-0123456789',
  masterKey: Buffer.alloc(32, 7),
  jwtSecret: 'test-jwt-secret-0123456789-0123456789',
} as const;

/** Starts the product on a free port and waits until it is ready. Needs a build (`npm run build`). */
export async function startServer(options: StartServerOptions = {}): Promise<TestServer> {
  if (!existsSync(LAUNCHER)) {
    throw new Error('the product is not built: run `npm run build` first');
  }
  const dataDir = options.dataDir ?? (await temporaryDirectory(options.env ?? {}));
  const launcher = spawn(process.execPath, [LAUNCHER], {
    env: testEnv(dataDir, options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(launcher);
  const announcements = { seen: 0 };
  const nextReady = () => waitForReady(launcher, output, announcements);
  const removeOwnDir = async () => {
    if (options.dataDir === undefined) {
      await rm(dirname(dataDir), { recursive: true, force: true });
    }
  };
  const url = await nextReady().catch(async (error: unknown) => {
    launcher.kill('SIGKILL');
    await removeOwnDir();
    throw error;
  });
  return {
    adminEmail: TEST_SECRETS.adminEmail,
    adminPassword: TEST_SECRETS.adminPassword,
    orgKey: TEST_SECRETS.orgKey,
    orgSecret: TEST_SECRETS.orgSecret,
    url,
    dataDir,
    launcher,
    output: () => output.text,
    nextReady,
    serverPid: () => findServerPid(launcher),
    stop: async () => {
      const code = await stopLauncher(launcher);
      await removeOwnDir();
      return code;
    },
  };
}

/** What a first start puts into the data directory and the engines for good. */
const FIRST_START =
  /^(?:AEGIS_(?:MASTER_KEY|JWT_SECRET|ADMIN_.*|ORG_(?:KEY|SECRET))|DATABASE_URL|CLICKHOUSE_.*|REDIS_URL)$/;

/** A temporary data directory as a first start leaves it, which costs as much as the start itself; fresh, if that is to be another one than most tests'. */
async function temporaryDirectory(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'aegis-test-'));
  const dataDir = join(parent, 'data');
  if (!Object.keys(env).some((name) => FIRST_START.test(name))) {
    await copyTemplate('data', dataDir, async (directory) => {
      await (await startServer({ dataDir: directory })).stop();
      // Copies would begin by looking for the same port.
      await rm(join(directory, 'postgres', 'port'));
    });
  }
  return dataDir;
}

function testEnv(dataDir: string, overrides: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:AEGIS_|DATABASE_URL|CLICKHOUSE_|REDIS_URL|npm_)/.test(name),
  );
  const env = {
    ...Object.fromEntries(inherited),
    AEGIS_PORT: '0',
    AEGIS_OTLP_HTTP_PORT: '0',
    AEGIS_OTLP_GRPC_PORT: '0',
    AEGIS_DATA_DIR: dataDir,
    AEGIS_MASTER_KEY: TEST_SECRETS.masterKey.toString('hex'),
    AEGIS_JWT_SECRET: TEST_SECRETS.jwtSecret,
    AEGIS_ADMIN_EMAIL: TEST_SECRETS.adminEmail,
    AEGIS_ADMIN_PASSWORD: TEST_SECRETS.adminPassword,
    AEGIS_ORG_KEY: TEST_SECRETS.orgKey,
    AEGIS_ORG_SECRET: TEST_SECRETS.orgSecret,
    AEGIS_RATE_LIMIT_ORG_PER_MIN: '0',
    AEGIS_RATE_LIMIT_IP_PER_MIN: '0',
    ...overrides,
  };
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}

interface Output {
  text: string;
  onText: () => void;
}

function collectOutput(child: ChildProcess): Output {
  const output: Output = { text: '', onText: () => undefined };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output.text += chunk;
      output.onText();
    });
  }
  return output;
}

function waitForReady(child: ChildProcess, output: Output, announcements: { seen: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}; it printed:\n${output.text}`));
    const timer = setTimeout(() => fail('the server was not ready in time'), START_TIMEOUT_MS);
    const onExit = (code: number | null) => {
      clearTimeout(timer);
      fail(`the launcher ended with ${code}`);
    };
    child.once('exit', onExit);
    const look = () => {
      const matches = [...output.text.matchAll(new RegExp(READY, 'g'))];
      const url = matches[announcements.seen]?.groups?.url;
      if (url !== undefined) {
        announcements.seen += 1;
        clearTimeout(timer);
        child.off('exit', onExit);
        output.onText = () => undefined;
        resolve(url);
      }
    };
    output.onText = look;
    look();
  });
}

/** Linux only: the launcher's child whose command line is the server's. */
async function findServerPid(launcher: ChildProcess): Promise<number> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) {
      continue;
    }
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (status.includes(`PPid:\t${launcher.pid}\n`) && /api\/bundle\/main\.js/.test(command)) {
      return Number(entry);
    }
  }
  throw new Error('the launcher has no server process');
}

async function stopLauncher(launcher: ChildProcess): Promise<number | null> {
  if (launcher.exitCode !== null || launcher.signalCode !== null) {
    return launcher.exitCode;
  }
  const ended = new Promise<number | null>((resolve) => launcher.once('exit', (code) => resolve(code)));
  launcher.kill('SIGTERM');
  return ended;
}
