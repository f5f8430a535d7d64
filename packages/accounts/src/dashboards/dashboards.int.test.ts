import { randomBytes } from 'node:crypto';
import { DashboardContent, type OrgId, parseOrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Accounts, openAccounts } from '../accounts.ts';
import { type Actor, SYSTEM_ACTOR } from '../actor.ts';

const NOWHERE = parseOrgId('00000000-0000-7000-8000-000000000000');
const START = Date.parse('2026-11-26T12:00:00Z');
let nowMs = START;
let databaseUrl: string;
let accounts: Accounts;
let org: OrgId;
let other: OrgId;
let anna: Actor;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32), now: () => nowMs });
  await accounts.migrate();
  const owner = await accounts.users.create({ email: 'a@example.com', name: 'Anna', password: 'a password of Anna' });
  anna = { ...SYSTEM_ACTOR, kind: 'user', id: owner.id, name: 'a@example.com' };
  org = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'A', ownerUserId: owner.id });
  other = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: owner.id });
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

const PANEL = { id: '1', type: 'text', title: 'Notes', grid: { x: 0, y: 0, w: 12, h: 8 }, options: { text: '"ü😀' } };
const contentOf = (given: object) => DashboardContent.parse(given);
const make = (given: object, by = anna) => accounts.dashboards.create(org, by, contentOf(given));

async function lastEntry() {
  const [entry] = await runSql(
    databaseUrl,
    'SELECT action, target_id, before, after FROM audit_entries WHERE org_id = $1 ORDER BY seq DESC LIMIT 1',
    [org],
  );
  return entry;
}

it('what is saved is read back whole, by its organization alone', async () => {
  const content = contentOf({ title: 'Hosts', tags: ['linux', 'b'], panels: [PANEL], refreshSeconds: 30 });
  const made = await accounts.dashboards.create(org, anna, content);
  const at = new Date(nowMs);
  expect(made).toEqual({
    id: made.id,
    version: 1,
    content,
    createdAt: at,
    updatedAt: at,
    updatedByName: 'Anna',
  });
  expect(await accounts.dashboards.find(org, made.id)).toEqual(made);
  expect(await lastEntry()).toEqual({
    action: 'dashboard.create',
    target_id: made.id,
    before: null,
    after: { title: 'Hosts', version: 1, panels: 1 },
  });
  const wanted = { content, version: 1, message: '' };
  for (const [where, id] of [
    [other, made.id],
    [NOWHERE, made.id],
    [org, 'no id'],
    [org, NOWHERE],
  ] as const) {
    for (const ask of [
      () => accounts.dashboards.find(where, id),
      () => accounts.dashboards.versions(where, id, { limit: 5 }),
      () => accounts.dashboards.findVersion(where, id, 1),
      () => accounts.dashboards.update(where, anna, id, wanted),
      () => accounts.dashboards.restore(where, anna, id, 1),
      () => accounts.dashboards.remove(where, anna, id),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'not-found' });
    }
  }
  expect((await accounts.dashboards.list(other, { limit: 10 })).items).toEqual([]);
});

it('a change holds only for the version that was read; of two at once, one is told', async () => {
  const { id } = await make({ title: 'Race' });
  const change = (title: string) =>
    accounts.dashboards.update(org, anna, id, { content: contentOf({ title }), version: 1, message: title });
  const outcomes = await Promise.allSettled([change('one'), change('two')]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(change('late')).rejects.toMatchObject({ code: 'conflict', members: { version: 2 } });
  const { content, version } = await accounts.dashboards.find(org, id);
  const same = await accounts.dashboards.update(org, anna, id, { content, version, message: 'nothing' });
  expect(same.version).toBe(2);
});

it('versions are kept, the latest fifty of them, and any of them comes back as a new one', async () => {
  const { id } = await make({ title: 'v1' }, SYSTEM_ACTOR);
  for (let version = 1; version < 52; version += 1) {
    nowMs += 1000;
    const content = contentOf({ title: `v${version + 1}`, panels: version % 2 ? [PANEL] : [] });
    await accounts.dashboards.update(org, anna, id, { content, version, message: `to ${version + 1}` });
  }
  const first = await accounts.dashboards.versions(org, id, { limit: 30 });
  const second = await accounts.dashboards.versions(org, id, { limit: 30, cursor: first.nextCursor ?? '' });
  const versions = [...first.items, ...second.items];
  expect(second.nextCursor).toBeNull();
  expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, at) => 52 - at));
  expect(versions[0]).toEqual({
    version: 52,
    savedAt: new Date(nowMs),
    savedByName: 'Anna',
    message: 'to 52',
    title: 'v52',
    panelCount: 1,
  });
  for (const gone of [1, 2, 53, 2 ** 40]) {
    await expect(accounts.dashboards.findVersion(org, id, gone)).rejects.toMatchObject({ code: 'not-found' });
    await expect(accounts.dashboards.restore(org, anna, id, gone)).rejects.toMatchObject({ code: 'not-found' });
  }
  expect(await accounts.dashboards.findVersion(org, id, 10)).toMatchObject({
    title: 'v10',
    panels: [{ title: 'Notes' }],
  });
  const restored = await accounts.dashboards.restore(org, anna, id, 10);
  expect(restored).toMatchObject({ version: 53, content: { title: 'v10' }, updatedByName: 'Anna' });
  expect(await lastEntry()).toMatchObject({
    action: 'dashboard.restore',
    before: { title: 'v52', version: 52, panels: 1 },
    after: { title: 'v10', version: 53, panels: 1 },
  });
  await expect(accounts.dashboards.versions(org, id, { limit: 5, cursor: 'x' })).rejects.toMatchObject({
    code: 'invalid-cursor',
  });
  await accounts.dashboards.remove(org, anna, id);
  expect(await lastEntry()).toMatchObject({ action: 'dashboard.delete', before: { title: 'v10' }, after: null });
  expect(await runSql(databaseUrl, 'SELECT 1 FROM dashboard_versions WHERE dashboard_id = $1', [id])).toEqual([]);
});

it('the list is by title whatever the case, in pages, and found by title and tag', async () => {
  const titles = ['alpha', 'Beta', 'beta', `gamma ${'😀'.repeat(90)}`, `gamma ${'😀'.repeat(91)}`];
  for (const title of titles) {
    await accounts.dashboards.create(other, anna, contentOf({ title, tags: [title.slice(0, 4), 'Prod'] }));
  }
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await accounts.dashboards.list(other, { limit: 2, cursor });
    found.push(...page.items.map(({ title }) => title));
    cursor = page.nextCursor ?? undefined;
    expect((cursor ?? '').length).toBeLessThanOrEqual(500);
  } while (cursor !== undefined);
  expect(found.toSorted()).toEqual(titles.toSorted());
  expect(found.map((title) => title.toLowerCase().slice(0, 4))).toEqual(['alph', 'beta', 'beta', 'gamm', 'gamm']);
  const find = async (request: object) =>
    (await accounts.dashboards.list(other, { limit: 10, ...request })).items.map(({ title }) => title);
  expect(await find({ q: 'BETA' })).toHaveLength(2);
  expect(await find({ q: 'pro\0d' })).toHaveLength(5);
  expect(await find({ q: '%' })).toEqual([]);
  expect(await find({ tag: 'Prod', q: 'alph' })).toEqual(['alpha']);
  expect(await find({ tag: 'prod' })).toEqual([]);
  for (const bad of ['x', Buffer.from(`${NOWHERE}\0`).toString('base64url')]) {
    await expect(find({ cursor: bad })).rejects.toMatchObject({ code: 'invalid-cursor' });
  }
});

it('what cannot be kept is refused, with the field or the limit', async () => {
  for (const [given, path] of [
    [{ title: 'a\0b' }, '/title'],
    [{ title: 'x', panels: [{ ...PANEL, options: { text: 'half \ud83d' } }] }, '/panels/0/options/text'],
  ] as const) {
    const refused = { code: 'invalid-request', members: { errors: [{ path, message: expect.any(String) }] } };
    await expect(make(given)).rejects.toMatchObject(refused);
  }
  const panels = Array.from({ length: 30 }, () => ({ ...PANEL, options: { text: 'x'.repeat(40_000) } }));
  await expect(make({ title: 'x', panels })).rejects.toMatchObject({ members: { limit: 1_000_000 } });
  await runSql(
    databaseUrl,
    `INSERT INTO dashboards SELECT gen_random_uuid(), $1, 'x', '', '{}', 1, now() FROM generate_series(1, 1000)`,
    [org],
  );
  await expect(make({ title: 'x' })).rejects.toMatchObject({ code: 'invalid-request', members: { limit: 1000 } });
});

/** Puts versions of so many bytes each before a dashboard's present one. */
async function storeVersions(id: string, versions: readonly number[], bytes: number): Promise<void> {
  // Not compressed, so that little has to be made.
  await runSql(databaseUrl, 'ALTER TABLE dashboard_versions ALTER COLUMN content SET STORAGE EXTERNAL', []);
  await runSql(
    databaseUrl,
    `INSERT INTO dashboard_versions (dashboard_id, version, saved_at, message, title, panel_count, content)
     SELECT $1, unnest($2::int[]), now(), '', 'old', 0, jsonb_build_object('title', repeat('x', $3))`,
    [id, versions, bytes],
  );
}

it('what the versions of a dashboard take is bounded, and what an organization’s dashboards take together', async () => {
  const many = await accounts.dashboards.create(other, anna, contentOf({ title: 'v1' }));
  await runSql(databaseUrl, 'UPDATE dashboard_versions SET version = 30 WHERE dashboard_id = $1', [many.id]);
  await runSql(databaseUrl, 'UPDATE dashboards SET version = 30 WHERE id = $1', [many.id]);
  await storeVersions(many.id, [2, 3, 4], 4_500_000);
  const change = (title: string, version: number) => ({ content: contentOf({ title }), version, message: '' });
  await accounts.dashboards.update(other, anna, many.id, change('v31', 30));
  const versionsOf = async (id: string) =>
    (await accounts.dashboards.versions(other, id, { limit: 50 })).items.map(({ version }) => version);
  expect(await versionsOf(many.id)).toEqual([31, 30, 4, 3]);

  // As though it had been kept before there was a bound.
  await storeVersions(many.id, [1], 100_000_000);
  const refused = { code: 'invalid-request', members: { limit: 100_000_000 } };
  await expect(accounts.dashboards.create(other, anna, contentOf({ title: 'New' }))).rejects.toMatchObject(refused);
  // A change drops what is too much of its own, and is let in.
  await accounts.dashboards.update(other, anna, many.id, change('v32', 31));
  expect((await versionsOf(many.id)).at(-1)).toBe(3);
  const more = await accounts.dashboards.create(other, anna, contentOf({ title: 'New' }));
  await accounts.dashboards.remove(other, anna, many.id);
  await accounts.dashboards.remove(other, anna, more.id);
});

it('a dashboard that a newer version has written is read without what is new, and never as something else', async () => {
  const { id } = await accounts.dashboards.create(other, anna, contentOf({ title: 'New' }));
  const store = (content: object) =>
    runSql(databaseUrl, 'UPDATE dashboard_versions SET content = $1 WHERE dashboard_id = $2', [
      JSON.stringify(content),
      id,
    ]);
  await store({ title: 'New', fromTheFuture: 1 });
  expect((await accounts.dashboards.find(other, id)).content).toEqual(contentOf({ title: 'New' }));
  await store({ title: 'New', panels: [{ ...PANEL, type: 'hologram' }] });
  await expect(accounts.dashboards.find(other, id)).rejects.toMatchObject({ code: 'internal' });
});

it('who is gone leaves their dashboards, and an organization takes its own along', async () => {
  const guest = await accounts.users.create({
    email: 'g@example.com',
    name: 'Guest',
    password: 'a password of a guest',
  });
  const by: Actor = { ...anna, id: guest.id };
  const { id } = await accounts.dashboards.create(other, by, contentOf({ title: 'Guest’s' }));
  await runSql(databaseUrl, 'DELETE FROM users WHERE id = $1', [guest.id]);
  expect(await accounts.dashboards.find(other, id)).toMatchObject({ updatedByName: null });
  await runSql(databaseUrl, 'DELETE FROM organizations WHERE id = $1', [other]);
  expect(await runSql(databaseUrl, 'SELECT 1 FROM dashboard_versions WHERE dashboard_id = $1', [id])).toEqual([]);
});
