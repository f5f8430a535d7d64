import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BootstrapConfig } from '@aegisguard/config';
import { type JoinedServer, joinServer, signIn } from '@aegisguard/testkit';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openDemoAccess } from './demo-access.ts';
import { decideLogin, type Login, loginPath } from './demo-login.ts';
import { readKept } from './kept-file.ts';

let server: JoinedServer;
let directory = '';
beforeAll(async () => {
  server = await joinServer();
  return () => server.leave();
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aegis-demo-access-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const NO_WISHES: BootstrapConfig = {
  adminEmail: undefined,
  adminPassword: undefined,
  orgName: undefined,
  orgKey: undefined,
  orgSecret: undefined,
};

function given(): BootstrapConfig {
  return { ...NO_WISHES, adminEmail: server.adminEmail, adminPassword: server.adminPassword };
}

async function open(wishes = NO_WISHES) {
  const login = await decideLogin(directory, wishes);
  return openDemoAccess({ url: server.url, directory, login, isFirstStart: false });
}

async function organizationsOf({ email, password }: Login): Promise<string[]> {
  const api = await signIn(server.url, email, password);
  const me = (await (await api.get('/auth/me')).json()) as { organizations: { name: string }[] };
  return me.organizations.map(({ name }) => name).sort();
}

it('belongs to whom the environment names, beside what they have, and makes new keys when the old ones are gone', async () => {
  const { keys, madeUp } = await open(given());
  const owner = { email: server.adminEmail, password: server.adminPassword };
  expect(madeUp).toBeUndefined();
  expect(await organizationsOf(owner)).toEqual(['Default organization', 'Demo shop']);
  expect(await open(given())).toEqual({ keys, madeUp: undefined });

  const { accessToken } = await signIn(server.url, server.adminEmail, server.adminPassword);
  const headers = { authorization: `Bearer ${accessToken}`, 'x-org-id': keys.orgId };
  const list = (await (await fetch(`${server.url}/apikeys`, { headers })).json()) as {
    items: { id: string; kind: string }[];
  };
  const token = list.items.find(({ kind }) => kind === 'token');
  await fetch(`${server.url}/apikeys/${token?.id}`, { method: 'DELETE', headers });
  // What was revoked is known everywhere within five seconds.
  await expect.poll(async () => (await open(given())).keys.token).not.toBe(keys.token);
  expect((await open(given())).keys.orgId).toBe(keys.orgId);
  expect(await organizationsOf(owner)).toEqual(['Default organization', 'Demo shop']);
});

it('registers for itself where nobody lets it in, and keeps what it made up to itself', async () => {
  const { keys, madeUp } = await open();
  expect(madeUp?.email).toMatch(/^demo-[0-9a-f]{6}@aegisguard\.local$/u);
  const kept = await readKept<Login>(loginPath(directory));
  expect(kept).toEqual(madeUp);
  expect(await organizationsOf(madeUp ?? { email: '', password: '' })).toEqual(['Demo shop']);
  expect((await stat(loginPath(directory))).mode & 0o777).toBe(0o600);
  expect(await open()).toEqual({ keys, madeUp: undefined });
});
