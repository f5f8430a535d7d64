import { randomBytes } from 'node:crypto';
import { type OrgId, PERMISSIONS, type Permission, parseOrgId, ROLE_PERMISSIONS } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from './accounts.ts';
import { type Actor, SYSTEM_ACTOR } from './actor.ts';

const NOT_FOUND = { code: 'not-found' };
const FORBIDDEN = { code: 'forbidden' };
const LAST_OWNER = { code: 'last-owner' };
const EXISTS = { code: 'already-exists' };
const CONFLICT = { code: 'conflict' };
const INVALID = { code: 'invalid-request' };
const NOWHERE = { ip: null, userAgent: null, requestId: null };
const DAY_MS = 24 * 3_600_000;

let databaseUrl: string;
const nowMs = Date.parse('2026-11-26T12:00:00Z');
let accounts: Accounts;
let people = 0;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32), now: () => nowMs });
  await accounts.migrate();
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

const sql = (text: string, values: readonly unknown[] = []) => runSql(databaseUrl, text, values);

/** A person who may act. */
type Person = Actor & { readonly id: string };

/** Without a password: hashing one takes longer than all the rest. */
async function person(name = `p${people}`): Promise<Person> {
  people += 1;
  const id = `00000000-0000-7000-8000-${randomBytes(6).toString('hex')}`;
  const email = `${name.toLowerCase()}-${id.slice(-6)}@people.example`;
  await sql('INSERT INTO users (id, email, name, created_at) VALUES ($1, $2, $3, now())', [id, email, name]);
  return { ...NOWHERE, kind: 'user', id, name: email };
}

async function organization(): Promise<{ orgId: OrgId; owner: Person }> {
  const owner = await person();
  return { owner, orgId: await accounts.organizations.create(owner, { name: 'Org', ownerUserId: owner.id }) };
}

async function member(orgId: OrgId, role: string, name?: string): Promise<Person> {
  const made = await person(name);
  await accounts.members.add(orgId, SYSTEM_ACTOR, made.id, role);
  return made;
}

async function ownRole(orgId: OrgId, by: Actor, name: string, permissions: readonly Permission[]): Promise<string> {
  return (await accounts.roles.create(orgId, by, { name, description: '', permissions })).id;
}

async function lastEntry(orgId: OrgId): Promise<Record<string, unknown> | undefined> {
  return (await sql('SELECT * FROM audit_entries WHERE org_id = $1 ORDER BY seq DESC LIMIT 1', [orgId]))[0];
}

const roleOf = async (orgId: OrgId, who: Person) => (await accounts.members.find(orgId, who.id)).role;

describe('people', () => {
  it('are listed by name, page by page, and found by name or address', async () => {
    const { orgId, owner } = await organization();
    await sql('UPDATE users SET name = $2 WHERE id = $1', [owner.id, 'carol']);
    const others = [];
    for (const name of ['Bob', 'alice', 'bob', 'Dora%']) {
      others.push(await member(orgId, 'viewer', name));
    }
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await accounts.members.list(orgId, { limit: 2, cursor });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names.map((name) => name.toLowerCase())).toEqual(['alice', 'bob', 'bob', 'carol', 'dora%']);
    const found = async (q: string) => (await accounts.members.list(orgId, { limit: 9, q })).items.map(({ id }) => id);
    expect(await found('%')).toEqual([others[3]?.id]);
    expect(await found(others[1]?.name.toUpperCase() ?? '')).toEqual([others[1]?.id]);
    expect(await found('nobody')).toEqual([]);
    for (const bad of ['x', '', Buffer.from('\0'.repeat(40)).toString('base64url')]) {
      await expect(accounts.members.list(orgId, { limit: 2, cursor: bad })).rejects.toMatchObject({
        code: 'invalid-cursor',
      });
    }
  });

  it('have cursors that fit into a request, however long their names are', async () => {
    const { orgId, owner } = await organization();
    const long = '\u{1F426}'.repeat(100);
    const ids = new Set([owner.id, (await member(orgId, 'viewer', long)).id, (await member(orgId, 'viewer', long)).id]);
    for (let cursor: string | undefined; ids.size > 0; ) {
      const page = await accounts.members.list(orgId, { limit: 1, cursor });
      expect(page.items.map(({ id }) => ids.delete(id))).toEqual([true]);
      expect(page.nextCursor?.length ?? 0).toBeLessThanOrEqual(500);
      cursor = page.nextCursor ?? undefined;
    }
  });

  it('show a second factor, a disabled account, and when they were active for this organization', async () => {
    const a = await organization();
    const b = await organization();
    const who = await member(a.orgId, 'member', 'Eve');
    await accounts.members.add(b.orgId, SYSTEM_ACTOR, who.id, 'viewer');
    const session = {
      userId: who.id,
      methods: ['sso'] as const,
      fingerprint: randomBytes(32),
      ip: null,
      userAgent: null,
    };
    await accounts.sessions.create({ ...session, orgId: a.orgId });
    await sql(
      "INSERT INTO mfa_factors (id, user_id, kind, name, secret, created_at, confirmed_at) VALUES (gen_random_uuid(), $1, 'totp', '', '', now(), now())",
      [who.id],
    );
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [who.id]);
    expect(await accounts.members.find(a.orgId, who.id)).toEqual({
      id: who.id,
      email: who.name,
      name: 'Eve',
      role: 'member',
      roleName: 'member',
      mfaEnabled: true,
      joinedAt: new Date(nowMs),
      lastActiveAt: new Date(nowMs),
      disabled: true,
    });
    expect(await accounts.members.find(b.orgId, who.id)).toMatchObject({ role: 'viewer', lastActiveAt: null });
  });

  it('get other roles, which the audit log tells', async () => {
    const { orgId, owner } = await organization();
    const who = await member(orgId, 'viewer');
    const readers = await ownRole(orgId, owner, 'Readers', ['logs:read']);
    await accounts.members.changeRole(orgId, owner, who.id, readers);
    expect(await accounts.members.find(orgId, who.id)).toMatchObject({ role: readers, roleName: 'Readers' });
    expect(await lastEntry(orgId)).toMatchObject({
      action: 'user.role',
      actor_name: owner.name,
      target_id: who.id,
      target_name: who.name,
      before: { role: 'viewer', roleName: 'viewer' },
      after: { role: readers, roleName: 'Readers' },
    });
    const { seq } = (await lastEntry(orgId)) ?? {};
    await accounts.members.changeRole(orgId, owner, who.id, readers);
    expect(await lastEntry(orgId)).toMatchObject({ seq });
    await expect(accounts.members.changeRole(orgId, owner, who.id, 'custom')).rejects.toMatchObject(INVALID);
  });

  it('give nobody what they may not do themselves, and only owners touch owners', async () => {
    const { orgId, owner } = await organization();
    const { members, newMembers, roles } = accounts;
    const admin = await member(orgId, 'admin');
    const viewer = await member(orgId, 'viewer');
    const recruiters = await ownRole(orgId, owner, 'Recruiters', ['users:read', 'users:write', 'logs:read']);
    const deleters = await ownRole(orgId, owner, 'Deleters', [...PERMISSIONS]);
    const recruiter = await member(orgId, recruiters);
    const refused = [
      members.changeRole(orgId, admin, viewer.id, 'owner'),
      members.changeRole(orgId, admin, admin.id, deleters),
      members.changeRole(orgId, admin, owner.id, 'viewer'),
      members.remove(orgId, admin, owner.id),
      members.makeResetLink(orgId, admin, owner.id),
      members.makeResetLink(orgId, recruiter, admin.id),
      members.makeResetLink(orgId, recruiter, recruiter.id),
      members.changeRole(orgId, recruiter, recruiter.id, 'viewer'),
      members.changeRole(orgId, recruiter, admin.id, recruiters),
      members.remove(orgId, recruiter, admin.id),
      newMembers.add(orgId, recruiter, { email: 'friend@people.example', name: 'Friend', role: 'admin' }),
      newMembers.add(orgId, admin, { email: 'friend@people.example', name: 'Friend', role: 'owner' }),
      roles.create(orgId, admin, { name: 'Mine', description: '', permissions: ['organization:delete'] }),
      roles.update(orgId, recruiter, recruiters, {
        name: 'Recruiters',
        description: '',
        permissions: ['users:write', 'keys:write'],
      }),
      roles.update(orgId, recruiter, deleters, { name: 'Deleters', description: '', permissions: ['logs:read'] }),
    ];
    for (const { status, reason } of (await Promise.allSettled(refused)) as PromiseRejectedResult[]) {
      expect({ status, code: reason?.code }).toEqual({ status: 'rejected', code: 'forbidden' });
    }
    expect(await roleOf(orgId, owner)).toBe('owner');
    // What somebody has already may stay.
    await roles.update(orgId, admin, deleters, {
      name: 'Deleters',
      description: 'Rarely',
      permissions: [...PERMISSIONS],
    });
    await newMembers.add(orgId, recruiter, { email: 'friend@people.example', name: 'Friend', role: recruiters });
    for (const stranger of [await person(), { ...SYSTEM_ACTOR, kind: 'key' } as const]) {
      await expect(members.changeRole(orgId, stranger, viewer.id, 'viewer')).rejects.toMatchObject(FORBIDDEN);
    }
  });

  it('leave or are removed, with their single sign-on and what they sent out, and their account stays', async () => {
    const { orgId, owner } = await organization();
    const who = await member(orgId, 'admin');
    await accounts.newMembers.add(orgId, who, { email: 'guest@people.example', name: 'Guest', role: 'viewer' });
    const session = {
      userId: who.id,
      methods: ['sso'] as const,
      fingerprint: randomBytes(32),
      ip: null,
      userAgent: null,
    };
    const sessionId = await accounts.sessions.create({ ...session, orgId });
    await accounts.members.remove(orgId, owner, who.id);
    expect(await lastEntry(orgId)).toMatchObject({
      action: 'user.remove',
      before: { role: 'admin' },
      after: { invitationsWithdrawn: 1 },
    });
    await expect(accounts.members.find(orgId, who.id)).rejects.toMatchObject(NOT_FOUND);
    expect(await accounts.sessions.access(sessionId)).toBeUndefined();
    expect((await accounts.invitations.list(orgId, { limit: 9 })).items).toEqual([]);
    expect(await accounts.users.find(who.id)).toMatchObject({ id: who.id });
    const other = await member(orgId, 'viewer');
    await accounts.members.leave(orgId, other);
    expect(await lastEntry(orgId)).toMatchObject({ action: 'user.leave', actor_id: other.id });
    await expect(accounts.members.leave(orgId, other)).rejects.toMatchObject(FORBIDDEN);
  });

  it('keep nothing that they handed out when they may do less', async () => {
    const { members, newMembers, roles } = accounts;
    const ways: readonly ((orgId: OrgId, owner: Person, who: Person, role: string) => Promise<unknown>)[] = [
      (orgId, owner, who) => members.changeRole(orgId, owner, who.id, 'viewer'),
      (orgId, owner, who) => members.remove(orgId, owner, who.id),
      (orgId, _owner, who) => members.leave(orgId, who),
      (orgId, owner, _who, role) =>
        roles.update(orgId, owner, role, { name: 'Helpers', description: '', permissions: ['users:read'] }),
    ];
    for (const way of ways) {
      const { orgId, owner } = await organization();
      const role = await ownRole(orgId, owner, 'Helpers', PERMISSIONS);
      const who = await member(orgId, role);
      const colleague = await member(orgId, 'viewer');
      const guest = { email: 'guest@people.example', name: 'Guest', role: 'admin' };
      const { invitation } = await newMembers.add(orgId, who, guest);
      const { token } = await members.makeResetLink(orgId, who, colleague.id);
      await way(orgId, owner, who, role);
      await expect(accounts.invitations.preview(invitation?.token ?? '')).rejects.toMatchObject(NOT_FOUND);
      await expect(accounts.passwords.finishReset(NOWHERE, token, 'sloth marble quay')).rejects.toMatchObject({
        code: 'unauthorized',
      });
    }
  });

  it('are not reached by a link of before when their role may do more', async () => {
    const { orgId, owner } = await organization();
    const role = await ownRole(orgId, owner, 'Readers', ['logs:read']);
    const who = await member(orgId, role);
    const { token } = await accounts.members.makeResetLink(orgId, owner, who.id);
    await accounts.roles.update(orgId, owner, role, { name: 'All', description: '', permissions: [...PERMISSIONS] });
    await expect(accounts.passwords.finishReset(NOWHERE, token, 'sloth marble quay')).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('always have an owner who can sign in, also when two go at once', async () => {
    const { orgId, owner } = await organization();
    const { members } = accounts;
    await expect(members.leave(orgId, owner)).rejects.toMatchObject(LAST_OWNER);
    await expect(members.remove(orgId, owner, owner.id)).rejects.toMatchObject(LAST_OWNER);
    await expect(members.changeRole(orgId, owner, owner.id, 'admin')).rejects.toMatchObject(LAST_OWNER);
    const second = await member(orgId, 'owner');
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [second.id]);
    await expect(members.leave(orgId, owner)).rejects.toMatchObject(LAST_OWNER);
    await sql('UPDATE users SET disabled_at = NULL WHERE id = $1', [second.id]);
    const ways = [
      () => [
        members.changeRole(orgId, owner, second.id, 'viewer'),
        members.changeRole(orgId, second, owner.id, 'viewer'),
      ],
      () => [members.leave(orgId, owner), members.leave(orgId, second)],
      () => [members.remove(orgId, owner, second.id), members.leave(orgId, owner)],
    ];
    for (const way of ways) {
      const outcomes = await Promise.allSettled(way());
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const owners = await sql("SELECT user_id FROM memberships WHERE org_id = $1 AND role = 'owner'", [orgId]);
      expect(owners).toHaveLength(1);
      for (const { id } of [owner, second]) {
        await members
          .add(orgId, SYSTEM_ACTOR, id, 'owner')
          .catch(() => members.changeRole(orgId, SYSTEM_ACTOR, id, 'owner'));
      }
    }
  });

  it('get a reset link only where it gives its maker nothing that they may not have', async () => {
    const a = await organization();
    const b = await organization();
    const admin = await member(a.orgId, 'admin');
    const who = await member(a.orgId, 'viewer');
    const live = () => sql('SELECT * FROM password_resets WHERE user_id = $1 AND used_at IS NULL', [who.id]);
    const { token, expiresAt } = await accounts.members.makeResetLink(a.orgId, admin, who.id);
    expect(expiresAt).toEqual(new Date(nowMs + DAY_MS));
    expect(await lastEntry(a.orgId)).toMatchObject({ action: 'user.reset-link', target_id: who.id });
    expect(JSON.stringify([await live(), await lastEntry(a.orgId)])).not.toContain(token);
    expect(await live()).toHaveLength(1);
    // It is void as soon as the person may do more.
    await accounts.members.changeRole(a.orgId, a.owner, who.id, 'owner');
    expect(await live()).toEqual([]);
    await accounts.members.makeResetLink(a.orgId, a.owner, who.id);
    await accounts.members.add(b.orgId, SYSTEM_ACTOR, who.id, 'viewer');
    expect(await live()).toEqual([]);
    await expect(accounts.members.makeResetLink(a.orgId, a.owner, who.id)).rejects.toMatchObject(CONFLICT);
  });
});

describe('second factors of people', () => {
  it('are taken away by whoever may make a reset link, and their sessions with them', async () => {
    const { orgId, owner } = await organization();
    const admin = await member(orgId, 'admin');
    const who = await member(orgId, 'viewer');
    const userId = who.id ?? '';
    const remove = (by: Actor, id: string) => accounts.members.removeSecondFactors(orgId, by, id);
    await remove(admin, userId);
    expect(await lastEntry(orgId)).not.toMatchObject({ action: 'user.mfa-reset' });
    await sql(
      "INSERT INTO mfa_factors (id, user_id, kind, name, secret, created_at, confirmed_at) VALUES (gen_random_uuid(), $1, 'totp', 'x', '\\x00', now(), now())",
      [userId],
    );
    const place = { fingerprint: Buffer.alloc(32), ip: null, userAgent: null };
    const sessionId = await accounts.sessions.create({ userId, methods: ['password', 'totp'], ...place });
    await expect(remove(who, owner.id ?? '')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(remove(who, userId)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await accounts.sessions.access(sessionId)).toMatchObject({ mfaEnabled: true });
    await remove(admin, userId);
    expect(await accounts.sessions.access(sessionId)).toBeUndefined();
    expect(await sql('SELECT FROM mfa_factors WHERE user_id = $1', [userId])).toEqual([]);
    expect(await lastEntry(orgId)).toMatchObject({ action: 'user.mfa-reset', target_id: userId });
  });
});

describe('roles', () => {
  it('are built in or the organization’s own, with how many have them', async () => {
    const { orgId, owner } = await organization();
    await member(orgId, 'viewer');
    const { roles } = accounts;
    const made = await roles.create(orgId, owner, {
      name: ' Read logs ',
      description: 'x',
      permissions: ['logs:read', 'logs:read'],
    });
    expect(made).toMatchObject({ name: 'Read logs', builtIn: false, permissions: ['logs:read'], memberCount: 0 });
    expect(await lastEntry(orgId)).toMatchObject({
      action: 'role.create',
      after: { name: 'Read logs', permissions: ['logs:read'] },
    });
    await accounts.newMembers.add(orgId, owner, { email: 'waits@people.example', name: 'Waits', role: made.id });
    await member(orgId, made.id);
    const list = await roles.list(orgId);
    expect(list.map(({ id, memberCount }) => [id, memberCount])).toEqual([
      ['owner', 1],
      ['admin', 0],
      ['member', 0],
      ['viewer', 1],
      [made.id, 2],
    ]);
    expect(list[3]?.permissions).toEqual([...ROLE_PERMISSIONS.viewer]);
  });

  it('have names of their own, whatever the case', async () => {
    const { orgId, owner } = await organization();
    const role = { description: '', permissions: ['logs:read'] as const };
    const { id } = await accounts.roles.create(orgId, owner, { name: 'Support', ...role });
    for (const name of ['Owner', 'viewer', 'SUPPORT', 'Ｓupport']) {
      await expect(accounts.roles.create(orgId, owner, { name, ...role })).rejects.toMatchObject(EXISTS);
    }
    await expect(accounts.roles.update(orgId, owner, id, { name: 'Admin', ...role })).rejects.toMatchObject(EXISTS);
    expect(await accounts.roles.update(orgId, owner, id, { name: 'support', ...role })).toMatchObject({
      name: 'support',
    });
    expect(await lastEntry(orgId)).toMatchObject({
      action: 'role.update',
      before: { name: 'Support' },
      after: { name: 'support' },
    });
    const atOnce = [1, 2, 3].map(() => accounts.roles.create(orgId, owner, { name: 'Same', ...role }));
    expect((await Promise.allSettled(atOnce)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('go only when nobody has them or gets them', async () => {
    const { orgId, owner } = await organization();
    const { invitations, members, newMembers, roles } = accounts;
    const id = await ownRole(orgId, owner, 'Temporary', ['logs:read']);
    const who = await member(orgId, id);
    await expect(roles.delete(orgId, owner, id)).rejects.toMatchObject(CONFLICT);
    await members.changeRole(orgId, owner, who.id, 'viewer');
    const invited = await newMembers.add(orgId, owner, { email: 'late@people.example', name: 'Late', role: id });
    await expect(roles.delete(orgId, owner, id)).rejects.toMatchObject(CONFLICT);
    await invitations.revoke(orgId, owner, invited.id);
    const provider = `INSERT INTO sso_providers (id, org_id, name, issuer, client_id, scopes, groups_claim, role_mapping, provision, enabled, created_at, updated_at)
      VALUES (gen_random_uuid(), $1, '', '', '', '{}', '', $2, true, true, now(), now())`;
    await sql(provider, [orgId, JSON.stringify([{ group: 'staff', role: id }])]);
    await expect(roles.delete(orgId, owner, id)).rejects.toMatchObject(CONFLICT);
    await sql('DELETE FROM sso_providers WHERE org_id = $1', [orgId]);
    await roles.delete(orgId, owner, id);
    expect(await lastEntry(orgId)).toMatchObject({ action: 'role.delete', before: { name: 'Temporary' } });
    await expect(members.changeRole(orgId, owner, who.id, id)).rejects.toMatchObject(INVALID);
  });
});

describe('organizations', () => {
  it('are made by one person up to a hundred, also at once', async () => {
    const { owner } = await organization();
    await sql(
      `WITH made AS (INSERT INTO organizations (id, name, slug, created_at)
                     SELECT gen_random_uuid(), 'Org', gen_random_uuid(), now() FROM generate_series(1, 98) RETURNING id)
       INSERT INTO memberships (org_id, user_id, role, created_at) SELECT id, $1, 'owner', now() FROM made`,
      [owner.id],
    );
    const atOnce = [1, 2, 3].map(() => accounts.organizations.create(owner, { name: 'Org', ownerUserId: owner.id }));
    const outcomes = await Promise.allSettled(atOnce);
    const codes = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'made' : outcome.reason.code));
    expect(codes.toSorted()).toEqual(['invalid-request', 'invalid-request', 'made']);
  });
});

describe('another organization', () => {
  it('has nothing of the first, under its ids either', async () => {
    const a = await organization();
    const { orgId, owner } = await organization();
    const who = await member(a.orgId, 'viewer');
    const role = await ownRole(a.orgId, a.owner, 'Theirs', ['logs:read']);
    const invited = await accounts.newMembers.add(a.orgId, a.owner, {
      email: 'c@people.example',
      name: 'C',
      role: 'viewer',
    });
    const { invitations, members, roles } = accounts;
    const content = { name: 'x', description: '', permissions: [] };
    const refused = [who.id, 'no-uuid', `${who.id}\0`].flatMap((id) => [
      members.find(orgId, id),
      members.changeRole(orgId, owner, id, 'viewer'),
      members.remove(orgId, owner, id),
      members.makeResetLink(orgId, owner, id),
    ]);
    refused.push(
      ...[role, 'no-uuid'].flatMap((id) => [
        roles.update(orgId, owner, id, content) as Promise<never>,
        roles.delete(orgId, owner, id) as Promise<never>,
      ]),
      ...[invited.id, 'no-uuid'].map((id) => invitations.revoke(orgId, owner, id) as Promise<never>),
      accounts.organizations.view(parseOrgId('00000000-0000-7000-8000-000000000000')) as Promise<never>,
    );
    for (const outcome of (await Promise.allSettled(refused)) as PromiseRejectedResult[]) {
      expect(outcome.reason).toMatchObject(NOT_FOUND);
    }
    await expect(members.changeRole(orgId, owner, owner.id, role)).rejects.toMatchObject(INVALID);
    expect((await members.list(orgId, { limit: 9 })).items.map(({ id }) => id)).toEqual([owner.id]);
    expect((await roles.list(orgId)).filter(({ builtIn }) => !builtIn)).toEqual([]);
    expect((await invitations.list(orgId, { limit: 9 })).items).toEqual([]);
  });
});
