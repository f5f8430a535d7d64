import { openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import { parseOrgId, ROUTES } from '@aegisguard/model';
import { type JoinedServer, joinServer, runSql, sendLogs, TEST_SECRETS } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { expectAudited } from './expect-audited.ts';

// The audit log as an auditor meets it: what changes leaves an entry, which is found, exported, proven, and missed when somebody removes it. And saved views, and what keys are used for.

const PASSWORD = 'a fine long password';

type Api = Awaited<ReturnType<typeof person>>;

let server: JoinedServer;
let orgId: string;
let owner: Api;
let member: Api;
let viewer: Api;
let stranger: Api;

beforeAll(async () => {
  server = await joinServer();
  const accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
  const make = (name: string) => accounts.users.create({ email: `${name}@${server.domain}`, name, password: PASSWORD });
  orgId = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: (await make('owner')).id });
  await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: (await make('stranger')).id });
  for (const role of ['member', 'viewer'] as const) {
    await accounts.members.add(parseOrgId(orgId), SYSTEM_ACTOR, (await make(role)).id, role);
  }
  await accounts.close();
  [owner, member, viewer, stranger] = [
    await person('owner'),
    await person('member'),
    await person('viewer'),
    await person('stranger'),
  ];
});

afterAll(async () => {
  await server.leave();
});

async function person(name: string) {
  const json = { 'content-type': 'application/json', 'user-agent': `browser of ${name}` };
  const login = await fetch(`${server.url}/auth/login`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: `${name}@${server.domain}`, password: PASSWORD }),
  });
  const { accessToken } = (await login.json()) as { accessToken: string };
  const headers = { ...json, authorization: `Bearer ${accessToken}` };
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${server.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { ask, get: (path: string) => ask('GET', path) };
}

async function jsonOf(answer: Promise<Response>): Promise<Record<string, unknown>> {
  return (await (await answer).json()) as Record<string, unknown>;
}

async function itemsOf(answer: Promise<Response>): Promise<Record<string, unknown>[]> {
  return (await jsonOf(answer)).items as Record<string, unknown>[];
}

describe('keys', () => {
  let keyId: string;

  it('leave an entry each time that they change, with who, from where and the request, and no secret', async () => {
    const made = await expectAudited(owner, ROUTES.createKey, () =>
      owner.ask('POST', '/apikeys', { name: 'a key', kind: 'signed' }),
    );
    const key = (await made.answer.json()) as { id: string; secret: string; createdByName: string };
    keyId = key.id;
    expect(key.createdByName).toBe('owner');
    expect(made.entry).toMatchObject({
      actor: { kind: 'user', name: `owner@${server.domain}` },
      ip: expect.stringMatching(/127\.0\.0\.1$/),
      userAgent: 'browser of owner',
      target: { kind: 'key', id: keyId, name: 'a key' },
      before: null,
    });
    const renamed = await expectAudited(owner, ROUTES.updateKey, () =>
      owner.ask('PATCH', `/apikeys/${keyId}`, { name: ' another ' }),
    );
    expect(await renamed.answer.json()).toMatchObject({ id: keyId, name: 'another', createdByName: 'owner' });
    expect(renamed.entry).toMatchObject({ before: { name: 'a key' }, after: { name: 'another' } });
    const rotated = await expectAudited(owner, ROUTES.rotateKey, () =>
      owner.ask('POST', `/apikeys/${keyId}/rotate`, {}),
    );
    const { secret } = (await rotated.answer.json()) as { secret: string };
    await sendLogs(server.url, { orgKey: keyId, orgSecret: secret }, [
      { service: 'audit', message: 'fine' },
      { service: 'audit', message: 'fine' },
      { service: '', message: 5 },
    ]);
    await expectAudited(owner, ROUTES.revokeKey, () => owner.ask('DELETE', `/apikeys/${keyId}`));
    const log = JSON.stringify(await jsonOf(owner.get('/audit?limit=200')));
    for (const hidden of [key.secret, secret]) {
      expect(log).not.toContain(hidden);
    }
  });

  it('that did not change leave none', async () => {
    const before = await itemsOf(owner.get('/audit?limit=1'));
    expect((await owner.ask('PATCH', `/apikeys/${keyId}`, { name: 'another' })).status).toBe(200);
    expect((await owner.ask('DELETE', `/apikeys/${keyId}`)).status).toBe(204);
    expect((await owner.ask('PATCH', `/apikeys/${keyId}`, { name: ' ' })).status).toBe(400);
    expect((await member.ask('PATCH', `/apikeys/${keyId}`, { name: 'x' })).status).toBe(403);
    expect((await stranger.ask('PATCH', `/apikeys/${keyId}`, { name: 'x' })).status).toBe(404);
    expect(await itemsOf(owner.get('/audit?limit=1'))).toEqual(before);
  });

  it('have what they sent added up', async () => {
    await vi.waitFor(
      async () =>
        // Of yesterday, too: midnight may be now.
        expect(await jsonOf(owner.get('/apikeys/volume?days=2'))).toEqual({
          days: 2,
          items: [{ keyId, requests: 1, acceptedRecords: 2, refusedRecords: 1, bytes: expect.any(Number) }],
        }),
      { timeout: 60_000, interval: 200 },
    );
    expect((await jsonOf(stranger.get('/apikeys/volume'))).items).toEqual([]);
    expect((await owner.get('/apikeys/volume?days=91')).status).toBe(400);
    expect((await viewer.get('/apikeys/volume')).status).toBe(403);
  });
});

describe('saved views', () => {
  const own = { page: 'logs', name: 'Mine', state: 'q=%7B%7D', shared: false };
  const names = async (api: Api, query = '') =>
    (await itemsOf(api.get(`/saved-views${query}`))).map(({ name }) => name);
  let ownId: string;
  let sharedId: string;

  it('are audited', async () => {
    const mine = await expectAudited(owner, ROUTES.createView, () => member.ask('POST', '/saved-views', own));
    const view = (await mine.answer.json()) as { id: string };
    ownId = view.id;
    expect(view).toEqual({
      ...own,
      id: ownId,
      own: true,
      ownerName: 'member',
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    const shared = await expectAudited(owner, ROUTES.createView, () =>
      member.ask('POST', '/saved-views', { ...own, name: 'Ours', page: 'audit', shared: true }),
    );
    sharedId = ((await shared.answer.json()) as { id: string }).id;
    const changed = await expectAudited(owner, ROUTES.updateView, () =>
      owner.ask('PATCH', `/saved-views/${sharedId}`, { name: 'All of ours' }),
    );
    expect(changed.entry).toMatchObject({ before: { name: 'Ours' }, after: { name: 'All of ours' } });
    expect(await changed.answer.json()).toMatchObject({ own: false, ownerName: 'member', shared: true });
  });

  it('are seen by their maker, and by everybody of the organization when shared', async () => {
    expect(await names(member)).toEqual(['All of ours', 'Mine']);
    expect(await names(member, '?page=logs')).toEqual(['Mine']);
    expect(await names(viewer)).toEqual(['All of ours']);
    expect(await names(stranger)).toEqual([]);
    const first = await jsonOf(member.get('/saved-views?limit=1'));
    expect(await names(member, `?limit=1&cursor=${first.nextCursor}`)).toEqual(['Mine']);
    expect((await member.get(`/saved-views?page=logs&cursor=${first.nextCursor}`)).status).toBe(400);
    expect((await stranger.get(`/saved-views?cursor=${first.nextCursor}`)).status).toBe(400);
  });

  it('of others are not there, and shared ones stay shared', async () => {
    for (const [api, id] of [
      [owner, ownId],
      [stranger, ownId],
      [stranger, sharedId],
      [owner, 'nonsense'],
    ] as const) {
      expect((await api.get(`/saved-views/${id}`)).status).toBe(404);
      expect((await api.ask('PATCH', `/saved-views/${id}`, { name: 'x' })).status).toBe(404);
      expect((await api.ask('DELETE', `/saved-views/${id}`)).status).toBe(404);
    }
    expect((await viewer.ask('DELETE', `/saved-views/${sharedId}`)).status).toBe(403);
    expect((await owner.ask('PATCH', `/saved-views/${sharedId}`, { shared: false })).status).toBe(403);
    expect((await viewer.get(`/saved-views/${sharedId}`)).status).toBe(200);
    await expectAudited(owner, ROUTES.deleteView, () => owner.ask('DELETE', `/saved-views/${sharedId}`));
    expect((await member.get(`/saved-views/${sharedId}`)).status).toBe(404);
  });

  it('are bounded', async () => {
    await runSql(
      server.databaseUrl,
      `INSERT INTO saved_views SELECT gen_random_uuid(), org_id, owner_id, page, 'copy ' || n, state, shared, created_at, updated_at
       FROM saved_views, generate_series(1, 199) n WHERE id = $1`,
      [ownId],
    );
    expect(await jsonOf(member.ask('POST', '/saved-views', own))).toMatchObject({ status: 400, limit: 200 });
    await runSql(server.databaseUrl, "DELETE FROM saved_views WHERE org_id = $1 AND name LIKE 'copy %'", [orgId]);
    expect((await member.ask('POST', '/saved-views', { ...own, state: 'x'.repeat(8001) })).status).toBe(400);
  });
});

describe('the log', () => {
  it('is read in pages and filtered; a cursor is good for its question and organization alone', async () => {
    const all = await itemsOf(owner.get('/audit?limit=200'));
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => all.length - at));
    const first = await jsonOf(owner.get('/audit?limit=2&action=view.create'));
    expect(first.items).toHaveLength(2);
    expect(first.nextCursor).toBeNull();
    const page = await jsonOf(owner.get('/audit?limit=3&start=now-1h'));
    const next = await jsonOf(owner.get(`/audit?limit=3&start=now-1h&cursor=${page.nextCursor}`));
    expect([...(page.items as object[]), ...(next.items as object[])]).toEqual(all.slice(0, 6));
    for (const [api, query] of [
      [owner, `limit=3&cursor=${page.nextCursor}`],
      [stranger, `limit=3&start=now-1h&cursor=${page.nextCursor}`],
      [owner, 'cursor=nonsense'],
    ] as const) {
      expect(await jsonOf(api.get(`/audit?${query}`))).toMatchObject({ status: 400, code: 'invalid-cursor' });
    }
    expect(await itemsOf(owner.get(`/audit?q=MEMBER%40${server.domain}&action=view.create`))).toHaveLength(2);
    expect(await itemsOf(owner.get('/audit?end=now-1h'))).toEqual([]);
    for (const query of ['start=soon', 'action=unheard-of', 'order=1']) {
      expect((await owner.get(`/audit?${query}`)).status).toBe(400);
      expect((await owner.get(`/audit/export?${query}`)).status).toBe(400);
    }
  });

  it('is nobody else’s', async () => {
    expect((await itemsOf(stranger.get('/audit'))).map(({ action }) => action)).toEqual(['organization.create']);
    expect(await (await stranger.get('/audit/export')).text()).not.toContain(orgId);
    for (const path of ['/audit', '/audit/verify', '/audit/export']) {
      expect((await member.get(path)).status, path).toBe(403);
    }
  });

  it('leaves as NDJSON and CSV, oldest first, and without formulas', async () => {
    await owner.ask('POST', '/apikeys', { name: '=HYPERLINK("x")', kind: 'signed' });
    const all = (await itemsOf(owner.get('/audit?limit=200'))).toReversed();
    const ndjson = await owner.get('/audit/export');
    expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson');
    expect(ndjson.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.ndjson"$/);
    const lines = (await ndjson.text()).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(all);
    const csv = await owner.get('/audit/export?format=csv&action=key.create');
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    const rows = (await csv.text()).split('\r\n');
    expect(rows[0]).toMatch(/^seq,id,at,actorKind,/);
    expect(rows).toHaveLength(1 + 2 + 1);
    expect(rows[2]).toContain(',"\'=HYPERLINK(""x"")",');
    expect(await (await owner.get('/audit/export?format=csv&end=now-1h')).text()).toBe(`${rows[0]}\r\n`);
  });

  it('that cannot be exported to its end leaves a broken connection, and the client sets the pace', async () => {
    // 40 MB: much more than what sockets hold.
    await runSql(
      server.databaseUrl,
      `INSERT INTO audit_entries (org_id, seq, id, at, actor_kind, actor_name, action, target_kind, after, hash)
       SELECT $1, n, gen_random_uuid(), now(), 'system', '', 'key.update', 'filler', jsonb_build_object('x', repeat('x', 4000)), ''
       FROM generate_series(100001, 110000) n`,
      [orgId],
    );
    const body = (await owner.get('/audit/export?end=now')).body?.getReader();
    expect((await body?.read())?.done).toBe(false);
    // The database fails at entries of this organization alone: others are in the same table.
    onTestFinished(async () => {
      await runSql(
        server.databaseUrl,
        'ALTER TABLE audit_entries NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY; DROP POLICY IF EXISTS failing ON audit_entries',
      );
    });
    await runSql(
      server.databaseUrl,
      `CREATE POLICY failing ON audit_entries USING (CASE org_id WHEN '${orgId}' THEN 1 / (seq - seq) = 0 ELSE true END);
       ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    );
    const readAll = async () => {
      while ((await body?.read())?.done === false);
    };
    await expect(readAll()).rejects.toThrow();
  });

  it('can be exported again when the database is well', async () => {
    await runSql(server.databaseUrl, "DELETE FROM audit_entries WHERE org_id = $1 AND target_kind = 'filler'", [orgId]);
    expect((await owner.get('/audit/export')).status).toBe(200);
  });

  it('proves itself, until somebody tampers with it', async () => {
    const all = await itemsOf(owner.get('/audit?limit=200'));
    expect(await jsonOf(owner.get('/audit/verify'))).toEqual({
      valid: true,
      entries: all.length,
      headHash: all[0]?.hash,
      brokenAt: null,
      elapsedMs: expect.any(Number),
    });
    await runSql(server.databaseUrl, "UPDATE audit_entries SET actor_name = 'nobody' WHERE org_id = $1 AND seq = 4", [
      orgId,
    ]);
    expect(await jsonOf(owner.get('/audit/verify'))).toMatchObject({
      valid: false,
      entries: 3,
      brokenAt: { seq: 4, id: all.at(-4)?.id, problem: 'altered' },
    });
    expect(await jsonOf(stranger.get('/audit/verify'))).toMatchObject({ valid: true, entries: 1 });
  });
});
