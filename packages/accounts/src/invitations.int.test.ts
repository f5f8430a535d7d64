import { randomBytes } from 'node:crypto';
import type { OrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { type Actor, SYSTEM_ACTOR } from './actor.ts';

const NOT_FOUND = { code: 'not-found' };
const EXISTS = { code: 'already-exists' };
const FROM = { ip: '192.0.2.1', userAgent: 'test', requestId: 'r-1' };
const PASSWORD = 'sloth marble quay';
const DAY_MS = 24 * 3_600_000;

let databaseUrl: string;
let nowMs = Date.parse('2026-11-26T12:00:00Z');
let accounts: Accounts;
let orgId: OrgId;
let owner: Actor & { readonly id: string };

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32), now: () => nowMs });
  await accounts.migrate();
  const { id, email } = await accounts.users.create({
    email: 'owner@people.example',
    name: 'Olga',
    password: PASSWORD,
  });
  owner = { ...FROM, kind: 'user', id, name: email };
  orgId = await accounts.organizations.create(owner, { name: 'Example', ownerUserId: id });
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

const sql = (text: string, values: readonly unknown[] = []) => runSql(databaseUrl, text, values);

async function invite(email: string, role = 'viewer') {
  const { id, invitation } = await accounts.newMembers.add(orgId, owner, { email, name: 'Guest', role });
  return { id, token: invitation?.token ?? '' };
}

const lastEntry = async () =>
  (await sql('SELECT * FROM audit_entries WHERE org_id = $1 ORDER BY seq DESC LIMIT 1', [orgId]))[0];

describe('an invitation', () => {
  it('waits for seven days, and only its hash is kept', async () => {
    const { id, token } = await invite('Anna@People.example');
    expect(token).toMatch(/^[\w-]{43}$/);
    const stored = JSON.stringify(await sql('SELECT i.*, encode(token_hash, $1) FROM invitations i', ['escape']));
    expect(stored + JSON.stringify(await lastEntry())).not.toContain(token);
    expect(await lastEntry()).toMatchObject({
      action: 'invitation.create',
      target_name: 'anna@people.example',
      after: { role: 'viewer', name: 'Guest' },
    });
    expect(await accounts.invitations.preview(token)).toEqual({
      organizationName: 'Example',
      email: 'anna@people.example',
      name: 'Guest',
      roleName: 'viewer',
      hasAccount: false,
      expiresAt: new Date(nowMs + 7 * DAY_MS),
    });
    expect((await accounts.invitations.list(orgId, { limit: 9 })).items).toMatchObject([{ id, invitedBy: 'Olga' }]);
    nowMs += 7 * DAY_MS;
    await expect(accounts.invitations.preview(token)).rejects.toMatchObject(NOT_FOUND);
    await expect(accounts.invitations.accept(token, FROM, { name: 'A', password: PASSWORD })).rejects.toMatchObject(
      NOT_FOUND,
    );
    expect((await accounts.invitations.list(orgId, { limit: 9 })).items).toEqual([]);
  });

  it('is replaced by a later one to the same address, and can be withdrawn', async () => {
    const first = await invite('ben@people.example');
    const second = await invite('BEN@people.example', 'admin');
    await expect(accounts.invitations.preview(first.token)).rejects.toMatchObject(NOT_FOUND);
    expect(await accounts.invitations.preview(second.token)).toMatchObject({ roleName: 'admin' });
    await accounts.invitations.revoke(orgId, owner, second.id);
    expect(await lastEntry()).toMatchObject({ action: 'invitation.revoke', before: { role: 'admin' } });
    await expect(accounts.invitations.preview(second.token)).rejects.toMatchObject(NOT_FOUND);
    await expect(accounts.invitations.revoke(orgId, owner, second.id)).rejects.toMatchObject(NOT_FOUND);
  });

  it('makes an account once, by whoever has the token', async () => {
    const { token } = await invite('carl@people.example', 'member');
    const weak = accounts.invitations.accept(token, FROM, { name: 'Carl', password: 'carl@people.example' });
    await expect(weak).rejects.toMatchObject({ code: 'weak-password' });
    const accept = () => accounts.invitations.accept(token, FROM, { name: 'Carl', password: PASSWORD });
    const outcomes = await Promise.allSettled([accept(), accept()]);
    const accepted = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(accepted).toHaveLength(1);
    const user = await accounts.users.authenticate('carl@people.example', PASSWORD);
    expect(accepted).toMatchObject([{ value: user?.id }]);
    expect(await accounts.members.find(orgId, user?.id ?? '')).toMatchObject({ name: 'Carl', role: 'member' });
    expect(await lastEntry()).toMatchObject({
      action: 'user.join',
      actor_id: user?.id,
      ip: FROM.ip,
      after: { role: 'member' },
    });
    await expect(accept()).rejects.toMatchObject(NOT_FOUND);
    await expect(invite('carl@people.example')).rejects.toMatchObject(EXISTS);
  });

  it('to who has an account is accepted by them alone, signed in', async () => {
    const dora = await accounts.users.create({ email: 'dora@people.example', name: 'Dora', password: PASSWORD });
    const by = { ...FROM, kind: 'user', id: dora.id, name: dora.email } as const;
    // A password of somebody else's choice is never set.
    const wanted = { email: 'dora@people.example', name: 'X', role: 'viewer', password: 'another good one' };
    const { invitation } = await accounts.newMembers.add(orgId, owner, wanted);
    const token = invitation?.token ?? '';
    expect(await accounts.users.authenticate('dora@people.example', PASSWORD)).toMatchObject({ name: 'Dora' });
    expect(await accounts.invitations.preview(token)).toMatchObject({ hasAccount: true });
    await expect(accounts.invitations.accept(token, FROM, { name: 'X', password: PASSWORD })).rejects.toMatchObject(
      EXISTS,
    );
    await expect(accounts.invitations.join(token, owner)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(accounts.invitations.join(token, SYSTEM_ACTOR)).rejects.toMatchObject({ code: 'forbidden' });
    await accounts.invitations.join(token, by);
    expect(await accounts.members.find(orgId, dora.id)).toMatchObject({ role: 'viewer' });
    await expect(accounts.invitations.join(token, by)).rejects.toMatchObject(NOT_FOUND);
  });

  it('is listed with others, newest first, page by page', async () => {
    for (const name of ['l1', 'l2', 'l3']) {
      nowMs += 1;
      await invite(`${name}@people.example`);
    }
    const first = await accounts.invitations.list(orgId, { limit: 2 });
    const rest = await accounts.invitations.list(orgId, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ email }) => email.slice(0, 2))).toEqual(['l3', 'l2', 'l1']);
    expect(rest.nextCursor).toBeNull();
    const wrong = accounts.invitations.list(orgId, { limit: 2, cursor: 'x' });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});

describe('a person with a password', () => {
  it('is a member at once, and an invitation that waits for them is not needed any more', async () => {
    const { token } = await invite('fred@people.example');
    const wanted = { email: 'Fred@people.example', name: 'Fred', role: 'member' };
    const weak = accounts.newMembers.add(orgId, owner, { ...wanted, password: 'Fred' });
    await expect(weak).rejects.toMatchObject({ code: 'weak-password' });
    const made = await accounts.newMembers.add(orgId, owner, { ...wanted, password: PASSWORD });
    expect(made).toMatchObject({ email: 'fred@people.example', invitation: null });
    expect(await accounts.users.authenticate('fred@people.example', PASSWORD)).toMatchObject({ id: made.id });
    expect(await lastEntry()).toMatchObject({
      action: 'user.create',
      target_id: made.id,
      after: { role: 'member', name: 'Fred' },
    });
    expect(JSON.stringify(await lastEntry())).not.toContain(PASSWORD);
    await expect(accounts.invitations.preview(token)).rejects.toMatchObject(NOT_FOUND);
    await expect(accounts.newMembers.add(orgId, owner, { ...wanted, password: PASSWORD })).rejects.toMatchObject(
      EXISTS,
    );
  });
});
