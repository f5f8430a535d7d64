import { randomBytes } from 'node:crypto';
import { type OrgId, RULE_GROUPS_MAX, RULES_MAX, type RuleGroupRequest } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from '../accounts.ts';
import type { Actor } from '../actor.ts';
import { SETTLE_MS, slotAt } from './rule-slots.ts';
import type { GroupOutcome } from './stored-rule-group.ts';

const START_MS = Date.parse('2026-11-26T12:00:00.000Z');
const MINUTE_MS = 60_000;
const NOT_FOUND = { code: 'not-found' };

let databaseUrl: string;
let nowMs = START_MS;
let accounts: Accounts;
/** A second process. */
let others: Accounts;
let owner: Actor & { readonly id: string };

beforeAll(async () => {
  databaseUrl = await createDatabase();
  const options = { databaseUrl, masterKey: randomBytes(32), now: () => nowMs };
  accounts = openAccounts(options);
  await accounts.migrate();
  others = openAccounts(options);
  const user = await accounts.users.create({ email: 'owner@people.example', name: 'O', password: 'sloth marble quay' });
  owner = { ip: null, userAgent: null, requestId: null, kind: 'user', id: user.id, name: user.email };
});

afterAll(async () => {
  await Promise.all([accounts.close(), others.close()]);
  await closeDatabases();
});

const organization = (name = 'Ruled') => accounts.organizations.create(owner, { name, ownerUserId: owner.id });
const group = (name: string, more: Partial<RuleGroupRequest> = {}): RuleGroupRequest => ({
  name,
  intervalSeconds: 60,
  limit: 0,
  rules: [{ record: 'job:up', expr: 'sum by (job) (up)', labels: { team: 'a' } }],
  enabled: true,
  ...more,
});
const OUTCOME: GroupOutcome = {
  slotMs: START_MS,
  durationMs: 3,
  rules: [{ health: 'ok', error: null, durationMs: 2, samples: 7 }],
};

async function audited(orgId: OrgId) {
  const rows = await runSql(
    databaseUrl,
    'SELECT action, before, after FROM audit_entries WHERE org_id = $1 ORDER BY seq',
    [orgId],
  );
  return rows.filter(({ action }) => String(action).startsWith('rule.'));
}

describe('groups of rules', () => {
  it('are made, listed by name, changed and deleted by their organization alone, each with an entry', async () => {
    const [orgId, other] = [await organization(), await organization('Other')];
    const b = await accounts.ruleGroups.create(orgId, owner, group('b'));
    const a = await accounts.ruleGroups.create(orgId, owner, group(' a ', { limit: 3, enabled: false }));
    await accounts.ruleGroups.create(other, owner, group('b'));
    expect(a).toMatchObject({ ...group('a', { limit: 3, enabled: false }), outcome: null, missed: 0 });
    const first = await accounts.ruleGroups.list(orgId, { limit: 1 });
    expect(first).toMatchObject({ items: [{ name: 'a' }], next: 'a' });
    expect(await accounts.ruleGroups.list(orgId, { limit: 1, after: 'a' })).toMatchObject({
      items: [{ id: b.id }],
      next: null,
    });
    const changed = group('c', { rules: [{ record: 'x', expr: '1', labels: {} }] });
    expect(await accounts.ruleGroups.update(orgId, owner, a.id, changed)).toMatchObject(changed);
    await accounts.ruleGroups.update(orgId, owner, a.id, changed);
    for (const id of [a.id, 'no-id']) {
      await expect(accounts.ruleGroups.find(other, id)).rejects.toMatchObject(NOT_FOUND);
      await expect(accounts.ruleGroups.update(other, owner, id, changed)).rejects.toMatchObject(NOT_FOUND);
      await expect(accounts.ruleGroups.remove(other, owner, id)).rejects.toMatchObject(NOT_FOUND);
    }
    await accounts.ruleGroups.remove(orgId, owner, b.id);
    expect((await accounts.ruleGroups.all(orgId)).map(({ name }) => name)).toEqual(['c']);
    expect(await audited(orgId)).toMatchObject([
      { action: 'rule.create', before: null, after: group('b') },
      { action: 'rule.create' },
      { action: 'rule.update', before: { name: 'a' }, after: changed },
      { action: 'rule.delete', before: group('b'), after: null },
    ]);
  });

  it('have names of their own, and there are not too many of them', async () => {
    const orgId = await organization();
    const [a, b] = [
      await accounts.ruleGroups.create(orgId, owner, group('a')),
      await accounts.ruleGroups.create(orgId, owner, group('b')),
    ];
    const taken = { code: 'already-exists', members: { errors: [{ path: '/name' }] } };
    await expect(accounts.ruleGroups.create(orgId, owner, group('a'))).rejects.toMatchObject(taken);
    await expect(accounts.ruleGroups.update(orgId, owner, b.id, group('a'))).rejects.toMatchObject(taken);
    const rules = Array.from({ length: RULES_MAX - 1 }, (_, at) => ({ record: `r${at}`, expr: '1', labels: {} }));
    await accounts.ruleGroups.update(orgId, owner, a.id, group('a', { rules }));
    await expect(accounts.ruleGroups.create(orgId, owner, group('c'))).rejects.toMatchObject({
      members: { limit: RULES_MAX },
    });
    const long = Array.from({ length: 250 }, (_, at) => ({ record: `r${at}`, expr: '1'.repeat(10_000), labels: {} }));
    await expect(
      accounts.ruleGroups.create(await organization(), owner, group('long', { rules: long })),
    ).rejects.toThrow(/at most 2000000 bytes of recording rules/);
    const many = Array.from({ length: RULE_GROUPS_MAX + 1 }, (_, at) => group(`g${at}`));
    await expect(accounts.ruleGroups.import(await organization(), owner, many)).rejects.toMatchObject({
      members: { limit: RULE_GROUPS_MAX },
    });
    expect((await accounts.ruleGroups.all(orgId)).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('are imported by their names, all or none, and those that are off stay off', async () => {
    const orgId = await organization();
    await accounts.ruleGroups.create(orgId, owner, group('kept'));
    await accounts.ruleGroups.create(orgId, owner, group('off', { enabled: false }));
    await accounts.ruleGroups.create(orgId, owner, group('same'));
    const file = [group('same'), group('off', { intervalSeconds: 30 }), group('new')];
    const done = { created: ['new'], updated: ['off'] };
    expect(await accounts.ruleGroups.import(orgId, owner, file)).toEqual(done);
    expect(await accounts.ruleGroups.import(orgId, owner, file)).toEqual({ created: [], updated: [] });
    expect((await accounts.ruleGroups.all(orgId)).map(({ name, enabled }) => [name, enabled])).toEqual([
      ['kept', true],
      ['new', true],
      ['off', false],
      ['same', true],
    ]);
    expect((await audited(orgId)).filter(({ action }) => action === 'rule.import')).toMatchObject([{ after: done }]);
  });
});

describe('the schedule', () => {
  const claimAll = async (schedule: Accounts['ruleSchedule'], busy: readonly OrgId[] = []) => {
    const leases = [];
    for (
      let lease = await schedule.claim(busy);
      lease !== undefined;
      lease = await schedule.claim([...busy, ...leases.map(({ orgId }) => orgId)])
    ) {
      leases.push(lease);
    }
    return leases;
  };

  beforeAll(async () => {
    await runSql(databaseUrl, 'DELETE FROM rule_groups');
  });

  it('gives each slot once, to one process, the same as long as it lives; missed ones are counted', async () => {
    const orgId = await organization();
    const { id } = await accounts.ruleGroups.create(orgId, owner, group('timed'));
    expect(await accounts.ruleSchedule.claim([])).toBeUndefined();
    const slotMs = slotAt(id, 60, nowMs) + MINUTE_MS;
    nowMs = slotMs + SETTLE_MS - 1;
    expect(await accounts.ruleSchedule.claim([])).toBeUndefined();
    nowMs += 1;
    expect(await accounts.ruleSchedule.claim([orgId])).toBeUndefined();
    const both = await Promise.all([accounts.ruleSchedule.claim([]), others.ruleSchedule.claim([])]);
    const mine = both[0] === undefined ? others.ruleSchedule : accounts.ruleSchedule;
    const theirs = both[0] === undefined ? accounts.ruleSchedule : others.ruleSchedule;
    const [lease] = both.filter((one) => one !== undefined);
    expect(both.filter((one) => one !== undefined)).toHaveLength(1);
    expect(lease).toMatchObject({ groupId: id, orgId, slotMs, missed: 0, retentionDays: 30, seriesLimit: 0 });
    expect(await mine.fates([id])).toEqual(new Map([[id, 'here']]));
    expect(await theirs.fates([id])).toEqual(new Map([[id, 'elsewhere']]));
    if (lease !== undefined) {
      await theirs.finish(lease, OUTCOME);
      expect(await accounts.ruleGroups.find(orgId, id)).toMatchObject({ outcome: null });
      await mine.finish(lease, OUTCOME);
    }
    expect(await accounts.ruleGroups.find(orgId, id)).toMatchObject({ outcome: OUTCOME, missed: 0 });
    expect(await mine.claim([])).toBeUndefined();
    nowMs += 3 * MINUTE_MS + 9000;
    expect(await claimAll(theirs)).toMatchObject([{ groupId: id, slotMs: slotMs + 3 * MINUTE_MS, missed: 2 }]);
    nowMs += 90_000;
    const [again] = await claimAll(mine);
    expect(again).toMatchObject({ slotMs: slotMs + 4 * MINUTE_MS, missed: 3 });
    if (again !== undefined) {
      await mine.finish(again, OUTCOME);
    }
    expect(await accounts.ruleGroups.find(orgId, id)).toMatchObject({ missed: 3 });
    nowMs += 25_000;
    expect(await theirs.claim([])).toBeUndefined();
    await mine.release();
    expect(await claimAll(theirs)).toHaveLength(1);
  });

  it('a clock that was ahead for a while leaves nothing undone afterwards', async () => {
    const orgId = await organization();
    const { id } = await accounts.ruleGroups.create(orgId, owner, group('ahead'));
    const rightMs = nowMs;
    nowMs += 24 * 3600_000;
    const [wrong] = (await claimAll(accounts.ruleSchedule)).filter(({ groupId }) => groupId === id);
    if (wrong !== undefined) {
      await accounts.ruleSchedule.finish(wrong, OUTCOME);
    }
    nowMs = rightMs + 2 * MINUTE_MS;
    const [lease] = (await claimAll(others.ruleSchedule)).filter(({ groupId }) => groupId === id);
    expect(lease).toMatchObject({ slotMs: slotAt(id, 60, nowMs - SETTLE_MS), missed: 0 });
    if (lease !== undefined) {
      await others.ruleSchedule.finish(lease, OUTCOME);
    }
    expect((await claimAll(accounts.ruleSchedule)).map(({ groupId }) => groupId)).not.toContain(id);
  });

  it('forgets what became of a group that was changed meanwhile, and knows those that are over', async () => {
    const orgId = await organization();
    const { id } = await accounts.ruleGroups.create(orgId, owner, group('changed'));
    nowMs += 2 * MINUTE_MS;
    const lease = (await claimAll(accounts.ruleSchedule)).find(({ groupId }) => groupId === id);
    nowMs += 1;
    const changed = group('changed', { intervalSeconds: 3600, enabled: false });
    await accounts.ruleGroups.update(orgId, owner, id, changed);
    if (lease !== undefined) {
      await accounts.ruleSchedule.finish(lease, OUTCOME);
    }
    expect(await accounts.ruleGroups.find(orgId, id)).toMatchObject({ ...changed, outcome: null, missed: 0 });
    nowMs += 3 * 3600_000;
    expect((await claimAll(accounts.ruleSchedule)).map(({ groupId }) => groupId)).not.toContain(id);
    expect(await accounts.ruleSchedule.fates([id])).toEqual(new Map([[id, 'over']]));
    await accounts.ruleGroups.remove(orgId, owner, id);
    expect(await accounts.ruleSchedule.fates([id])).toEqual(new Map());
  });
});
