import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey, sendLogs, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'aegis-lifecycle-'));
});

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

describe('start, stop, start again', () => {
  const generated = {
    AEGIS_MASTER_KEY: undefined,
    AEGIS_JWT_SECRET: undefined,
    AEGIS_ADMIN_PASSWORD: undefined,
    AEGIS_ORG_KEY: undefined,
    AEGIS_ORG_SECRET: undefined,
  };

  it('prints made-up secrets once, keeps them 0600, and its curl works', async () => {
    const first = await startServer({ dataDir, env: generated });
    const printed = first.output();
    const password = /^\s*password\s+(\S+)$/m.exec(printed)?.[1] ?? '';
    const signature = /x-signature: (sha256=[0-9a-f]{64})/.exec(printed)?.[1] ?? '';
    const key = /x-org-key: ([\w-]+)/.exec(printed)?.[1] ?? '';
    const body = /--data-raw '(.*)'$/m.exec(printed)?.[1] ?? '';
    const answer = await fetch(`${first.url}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-org-key': key, 'x-signature': signature },
      body,
    });
    expect(answer.status).toBe(202);
    for (const name of ['master-key', 'jwt-secret']) {
      expect((await stat(join(dataDir, 'secrets', name))).mode & 0o777).toBe(0o600);
    }
    expect(await first.stop()).toBe(0);

    const second = await startServer({ dataDir, env: generated });
    expect(second.output()).not.toContain(password);
    const api = await signIn(second.url, second.adminEmail, password);
    const found = async () => {
      const answer = await api.post('/query/logs/search', { query: '{service="hello"}' });
      return ((await answer.json()) as { logs: unknown[] }).logs.length;
    };
    await expect.poll(found).toBe(1);
    expect(await second.stop()).toBe(0);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('on one directory', () => {
  let directory: string;
  let server: TestServer;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'aegis-drain-'));
    server = await startServer({ dataDir: directory });
  });

  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('drains on SIGTERM: what was answered 202 just before is there after the next start, and when keys were used', async () => {
    const query = await createApiKey(server, 'query');
    const used = await fetch(`${server.url}/query/logs/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${query.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{}' }),
    });
    expect(used.status).toBe(200);
    const logs = Array.from({ length: 1000 }, (_, row) => ({ service: 'drain', message: `row ${row}` }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => sendLogs(server.url, server, logs, {})));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 202));
    expect(await server.stop()).toBe(0);
    server = await startServer({ dataDir: directory });
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const total = async () =>
      ((await (await api.post('/query/logs/histogram', { query: '{service="drain"}' })).json()) as { total: number })
        .total;
    await expect.poll(total).toBe(10_000);
    const { items } = (await (await api.get('/apikeys')).json()) as { items: { id: string; lastUsedAt: string }[] };
    expect(items.map(({ id }) => id).toSorted()).toEqual([query.id, server.orgKey].toSorted());
    for (const { lastUsedAt } of items) {
      expect(Math.abs(Date.now() - Date.parse(lastUsedAt))).toBeLessThan(10 * 60_000);
      expect(Date.parse(lastUsedAt) % 60_000).toBe(0);
    }
  });

  it('refuses a second process', async () => {
    await expect(startServer({ dataDir: directory })).rejects.toThrow(new RegExp(directory.replaceAll('/', '\\/')));
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it('leaves nothing behind when the launcher is killed', async () => {
    const pid = await server.serverPid();
    server.launcher.kill('SIGKILL');
    await expect.poll(() => isAlive(pid)).toBe(false);
    server = await startServer({ dataDir: directory });
    expect(await server.stop()).toBe(0);
  });
});

it('reports all problems of the configuration at once, without secrets, and exits 78', async () => {
  const failed = startServer({ env: { AEGIS_PORT: 'eighty', AEGIS_ORG_SECRET: 'tooshort', AEGIS_ROLES: 'king' } });
  const message = await failed.then(
    () => '',
    (error: Error) => error.message,
  );
  expect(message).toContain('ended with 78');
  for (const name of ['AEGIS_PORT', 'AEGIS_ORG_SECRET', 'AEGIS_ROLES']) {
    expect(message).toContain(name);
  }
  expect(message).not.toContain('tooshort');
});

it('the port being taken is a clear error', async () => {
  const holder = spawn(process.execPath, [
    '-e',
    'require("node:net").createServer().listen(0,"127.0.0.1",function(){console.log(this.address().port)})',
  ]);
  const port = await new Promise<string>((resolve) =>
    holder.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  await expect(startServer({ env: { AEGIS_PORT: port } })).rejects.toThrow(new RegExp(`port ${port}`, 'i'));
  holder.kill();
});
