import { randomBytes } from 'node:crypto';
import type { ErasureReport } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { type Actor, SYSTEM_ACTOR } from './actor.ts';

const NOT_FOUND = { code: 'not-found' };
const AT = '2026-11-26T12:00:00.000Z';
const STEP = { what: 'table:logs', rowsBefore: 5, rowsAfter: 0, finishedAt: AT };
const REPORT: ErasureReport = { startedAt: AT, finishedAt: AT, steps: [STEP] };

let databaseUrl: string;
let nowMs = Date.parse(AT);
let accounts: Accounts;
let owner: Actor & { readonly id: string };

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32), now: () => nowMs });
  await accounts.migrate();
  const user = await accounts.users.create({ email: 'owner@people.example', name: 'O', password: 'sloth marble quay' });
  owner = { ip: null, userAgent: null, requestId: null, kind: 'user', id: user.id, name: user.email };
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

const sql = (text: string, values: readonly unknown[] = []) => runSql(databaseUrl, text, values);

const organization = (name = 'Doomed') => accounts.organizations.create(owner, { name, ownerUserId: owner.id });

describe('settings of an organization', () => {
  it('change each by itself, and the audit log says what', async () => {
    const orgId = await organization('Settings');
    const changes = [
      { name: 'Renamed', slug: 'renamed-1' },
      { retentionDays: { logs: 7 } },
      { retentionDays: { traces: 3 }, ratePerMin: 0 },
      { activeSeriesMax: 10, slug: 'renamed-2' },
    ];
    await Promise.all(changes.map((change) => accounts.organizations.update(orgId, owner, change)));
    const all = {
      name: 'Renamed',
      retentionDays: { logs: 7, metrics: 30, traces: 3, rum: 30 },
      ratePerMin: 0,
      activeSeriesMax: 10,
    };
    expect(await accounts.organizations.view(orgId)).toMatchObject({ ...all, memberCount: 1, mfaRequired: false });
    const retentions = await accounts.organizations.retentions();
    expect(retentions.find((one) => one.orgId === orgId)?.retentionDays).toEqual(all.retentionDays);
    await accounts.organizations.update(orgId, owner, { ratePerMin: null, mfaRequired: true, name: 'Renamed' });
    await accounts.organizations.update(orgId, owner, { mfaRequired: true });
    const [entry] = await sql('SELECT * FROM audit_entries WHERE org_id = $1 ORDER BY seq DESC', [orgId]);
    expect(entry).toMatchObject({
      seq: '6',
      action: 'organization.update',
      before: { ingestRatePerMin: 0, mfaRequired: false },
      after: { ingestRatePerMin: null, mfaRequired: true },
    });
    await accounts.organizations.update(await organization('Other'), owner, { slug: 'taken' });
    const taken = accounts.organizations.update(orgId, owner, { slug: 'taken' });
    await expect(taken).rejects.toMatchObject({ code: 'already-exists' });
  });
});

it('changes of an organization never wait for each other in a circle', async () => {
  const orgId = await organization('Busy');
  const { apiKeys, organizations, roles } = accounts;
  const makeKey = () => apiKeys.create(orgId, owner, { name: 'k', kind: 'signed' });
  const keys = await Promise.all([makeKey(), makeKey()]);
  const rounds = [1, 2, 3, 4].flatMap((round) => [
    organizations.update(orgId, owner, { slug: `busy-${round}` }),
    ...keys.map(({ id }) => apiKeys.rotate(orgId, owner, id, 0)),
    roles.create(orgId, owner, { name: `r${round}`, description: '', permissions: ['logs:read'] }),
    makeKey(),
  ]);
  await Promise.all(rounds);
});

describe('the deletion of an organization', () => {
  it('takes everything of it at once, and leaves who asked for it', async () => {
    const orgId = await organization();
    const { keyId } = await accounts.ingestKeys.create(orgId, { name: 'x', scopes: [] });
    const { id: roleId } = await accounts.roles.create(orgId, owner, {
      name: 'R',
      description: '',
      permissions: ['logs:read'],
    });
    await accounts.newMembers.add(orgId, owner, { email: 'g@people.example', name: 'G', role: roleId });
    const wrong = accounts.erasures.request(orgId, owner, 'doomed');
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await accounts.erasures.isErased(orgId)).toBe(false);
    await expect(accounts.erasures.request(orgId, SYSTEM_ACTOR, 'Doomed')).rejects.toMatchObject({ code: 'forbidden' });
    const erasure = await accounts.erasures.request(orgId, owner, 'Doomed');
    expect(erasure).toMatchObject({ orgId, orgName: 'Doomed', status: 'waiting', report: undefined, proof: null });
    await expect(accounts.organizations.view(orgId)).rejects.toMatchObject(NOT_FOUND);
    await expect(accounts.erasures.request(orgId, owner, 'Doomed')).rejects.toMatchObject(NOT_FOUND);
    expect(await accounts.ingestKeys.find(keyId)).toBeUndefined();
    expect(await accounts.erasures.isErased(orgId)).toBe(true);
    expect(await accounts.erasures.find(owner.id, erasure.id)).toEqual(erasure);
    for (const [who, id] of [
      ['00000000-0000-7000-8000-000000000001', erasure.id],
      [owner.id, 'no-uuid'],
    ] as const) {
      await expect(accounts.erasures.find(who, id)).rejects.toMatchObject(NOT_FOUND);
    }
    expect((await accounts.erasures.list(owner.id, { limit: 9 })).items).toEqual([erasure]);
  });

  it('is worked on by one process at a time, and taken over from a dead one with what it stored', async () => {
    const [first, second] = await Promise.all([accounts.erasures.claim(), accounts.erasures.claim()]);
    const lease = first ?? second;
    expect([first, second].filter((one) => one !== undefined)).toHaveLength(1);
    if (lease === undefined) throw new Error('nothing was claimed');
    nowMs += 50_000;
    await accounts.erasures.keep(lease, { ...REPORT, finishedAt: null });
    nowMs += 50_000;
    expect(await accounts.erasures.claim()).toBeUndefined();
    nowMs += 10_000;
    const next = await accounts.erasures.claim();
    expect(next).toMatchObject({ id: lease.id, orgId: lease.orgId, report: { ...REPORT, finishedAt: null } });
    const { erasures } = accounts;
    const late = [erasures.keep(lease), erasures.finish(lease, REPORT), erasures.fail(lease)];
    for (const { status, reason } of (await Promise.allSettled(late)) as PromiseRejectedResult[]) {
      expect({ status, code: reason?.code }).toEqual({ status: 'rejected', code: 'conflict' });
    }
    if (next === undefined) throw new Error('nothing was claimed');
    await accounts.erasures.fail(next);
    expect(await accounts.erasures.find(owner.id, next.id)).toMatchObject({ status: 'failed' });
    expect(await accounts.erasures.claim()).toBeUndefined();
    nowMs += 60_000;
    const again = await accounts.erasures.claim();
    if (again === undefined) throw new Error('nothing was claimed');
    await accounts.erasures.finish(again, REPORT);
    expect(await accounts.erasures.claim()).toBeUndefined();
  });

  it.each([
    ['steps', `[{"what":"table:logs","rowsBefore":4,"rowsAfter":0,"finishedAt":"${AT}"}]`],
    ['org_name', 'Another'],
    ['requested_by', '00000000-0000-7000-8000-000000000002'],
    ['started_at', '2026-11-25T12:00:00Z'],
    ['proof', '\\x00'],
  ])('proves its report: an altered %s is found', async (column, altered) => {
    const [erasure] = (await accounts.erasures.list(owner.id, { limit: 1 })).items;
    expect(erasure).toMatchObject({ status: 'done', report: REPORT, proof: expect.any(Uint8Array) });
    const { id = '' } = erasure ?? {};
    const [row] = await sql(`SELECT ${column}::text AS before FROM erasures WHERE id = $1`, [id]);
    const type = { steps: 'jsonb', org_name: 'text', requested_by: 'uuid', started_at: 'timestamptz', proof: 'bytea' }[
      column
    ];
    const set = (value: unknown) => sql(`UPDATE erasures SET ${column} = $1::text::${type} WHERE id = $2`, [value, id]);
    await set(altered);
    const reader = column === 'requested_by' ? altered : owner.id;
    await expect(accounts.erasures.find(reader, id)).rejects.toMatchObject({ code: 'internal' });
    await set(row?.before);
    expect(await accounts.erasures.find(owner.id, id)).toEqual(erasure);
  });
});
