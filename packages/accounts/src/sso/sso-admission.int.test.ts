import { randomBytes } from 'node:crypto';
import { type OrgId, type Role, SsoSettings } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from '../accounts.ts';
import { SYSTEM_ACTOR } from '../actor.ts';
import type { Admission, SsoRefusal } from './sso-admission.ts';
import type { SsoProvider } from './sso-provider.ts';

const PLACE = { ip: '192.0.2.1', userAgent: 'Test', requestId: 'request' };
const BASE = { name: 'Our provider', issuer: 'https://login.example', clientId: 'aegis' };
const MAPPING = [
  { group: 'ops', role: 'admin' },
  { group: 'everybody', role: 'viewer' },
];

let databaseUrl: string;
let accounts: Accounts;
let count = 0;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32) });
  await accounts.migrate();
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

/** An account, put there without the cost of a password. */
async function account(email: string): Promise<string> {
  const id = crypto.randomUUID();
  await runSql(databaseUrl, 'INSERT INTO users (id, email, name, created_at) VALUES ($1, $2, $2, now())', [id, email]);
  return id;
}

async function join(orgId: OrgId, userId: string, role: Role): Promise<void> {
  await accounts.members.add(orgId, SYSTEM_ACTOR, userId, role);
}

/** A new organization with an owner and a provider. */
async function organization(settings: Partial<SsoSettings> = {}) {
  count += 1;
  const ownerId = await account(`owner-${count}@example.com`);
  const orgId = await accounts.organizations.create(SYSTEM_ACTOR, { name: `O${count}`, ownerUserId: ownerId });
  return { orgId, ownerId, ownerEmail: `owner-${count}@example.com`, provider: await setUp(orgId, settings) };
}

async function setUp(orgId: OrgId, settings: Partial<SsoSettings>): Promise<SsoProvider> {
  await accounts.sso.put(orgId, SYSTEM_ACTOR, SsoSettings.parse({ ...BASE, defaultRole: 'viewer', ...settings }));
  const { provider } = await accounts.sso.read(orgId);
  if (provider === undefined) {
    throw new TypeError('it was just set up');
  }
  return provider;
}

function userIdOf(admission: Admission): string {
  expect(admission.outcome).toBe('admitted');
  return admission.outcome === 'admitted' ? admission.userId : '';
}

async function refusalOf(provider: SsoProvider, claims: object): Promise<SsoRefusal> {
  const before = await rowCounts();
  const admission = await accounts.ssoAdmission.admit(provider, claims, PLACE);
  expect(await rowCounts()).toEqual(before);
  return admission.outcome === 'refused' ? admission.reason : expect.unreachable('was admitted');
}

async function rowCounts(): Promise<unknown> {
  const tables = ['users', 'memberships', 'sso_identities', 'audit_entries'];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ');
  return runSql(databaseUrl, `SELECT ${counts}`);
}

async function roleOf(orgId: OrgId, userId: string): Promise<unknown> {
  const [row] = await runSql(databaseUrl, 'SELECT role FROM memberships WHERE org_id = $1 AND user_id = $2', [
    orgId,
    userId,
  ]);
  return row?.role;
}

async function lastEntry(orgId: OrgId): Promise<unknown> {
  const [row] = await runSql(
    databaseUrl,
    `SELECT action, actor_kind, actor_name, ip, target_name, before, after FROM audit_entries
     WHERE org_id = $1 ORDER BY seq DESC LIMIT 1`,
    [orgId],
  );
  return row;
}

function claims(email: string, groups: readonly string[] = []) {
  return { sub: `sub of ${email}`, email, email_verified: true, name: 'Somebody', groups };
}

describe('an address without an account', () => {
  it('makes a person without a password, with the role of the first group that is mapped', async () => {
    const { orgId, provider } = await organization({ roleMapping: MAPPING });
    const admission = await accounts.ssoAdmission.admit(provider, claims('new@a.example', ['everybody', 'ops']), PLACE);
    const userId = userIdOf(admission);
    expect(admission).toMatchObject({ orgId });
    expect(await roleOf(orgId, userId)).toBe('admin');
    expect(await runSql(databaseUrl, 'SELECT password_hash, name FROM users WHERE id = $1', [userId])).toEqual([
      { password_hash: null, name: 'Somebody' },
    ]);
    expect(await lastEntry(orgId)).toEqual({
      action: 'user.create',
      actor_kind: 'system',
      actor_name: 'Our provider',
      ip: '192.0.2.1',
      target_name: 'new@a.example',
      before: null,
      after: { name: 'Somebody', role: 'admin', roleName: 'admin' },
    });
  });

  it('gets the default role without a mapped group, and is refused without one', async () => {
    const { orgId, provider } = await organization({ roleMapping: MAPPING, defaultRole: 'member' });
    const admission = await accounts.ssoAdmission.admit(provider, claims('default@a.example', ['other']), PLACE);
    expect(await roleOf(orgId, userIdOf(admission))).toBe('member');
    const strict = await organization({ roleMapping: MAPPING, defaultRole: null });
    expect(await refusalOf(strict.provider, claims('none@a.example', ['other']))).toBe('no-role');
  });

  it('is refused where nobody is made a member', async () => {
    const { provider } = await organization({ provision: false });
    expect(await refusalOf(provider, claims('not-made@a.example'))).toBe('not-invited');
  });

  it('must be there and not be called unverified', async () => {
    const { provider } = await organization();
    expect(await refusalOf(provider, { sub: 'u' })).toBe('email-missing');
    expect(await refusalOf(provider, { ...claims('u@a.example'), email_verified: false })).toBe('email-unverified');
    const { email_verified: _, ...silent } = claims('silent@a.example');
    userIdOf(await accounts.ssoAdmission.admit(provider, silent, PLACE));
  });

  it('makes one person of two visits at once, and withdraws what invited them', async () => {
    const { orgId, provider } = await organization();
    await runSql(
      databaseUrl,
      `INSERT INTO invitations (id, org_id, email, name, role, token_hash, created_at, expires_at)
       VALUES ($1, $2, 'twice@a.example', 'T', 'viewer', $3, now(), now() + interval '1 day')`,
      [crypto.randomUUID(), orgId, randomBytes(32)],
    );
    const visit = () => accounts.ssoAdmission.admit(provider, claims('twice@a.example'), PLACE);
    const [first, second] = await Promise.all([visit(), visit()]);
    expect(userIdOf(first)).toBe(userIdOf(second));
    const open = 'SELECT 1 FROM invitations WHERE org_id = $1 AND revoked_at IS NULL';
    expect(await runSql(databaseUrl, open, [orgId])).toEqual([]);
  });
});

describe('an address with an account', () => {
  it('is refused for who is no member, and nothing of the account is touched', async () => {
    const { provider } = await organization();
    await account('foreign@b.example');
    expect(await refusalOf(provider, claims('foreign@b.example'))).toBe('not-invited');
  });

  it('is linked for a member, who keeps the role without a mapping', async () => {
    const { orgId, provider } = await organization({ provision: false, defaultRole: null });
    const userId = await account('member@b.example');
    await join(orgId, userId, 'member');
    expect(userIdOf(await accounts.ssoAdmission.admit(provider, claims('Member@B.example'), PLACE))).toBe(userId);
    expect(await roleOf(orgId, userId)).toBe('member');
  });

  it('is refused for who may not sign in', async () => {
    const { orgId, provider } = await organization();
    const userId = await account('disabled@b.example');
    await join(orgId, userId, 'member');
    await runSql(databaseUrl, 'UPDATE users SET disabled_at = now() WHERE id = $1', [userId]);
    expect(await refusalOf(provider, claims('disabled@b.example'))).toBe('not-invited');
  });
});

describe('who comes again', () => {
  it('is known by the subject, whatever the address is now', async () => {
    const { provider } = await organization();
    const first = await accounts.ssoAdmission.admit(provider, claims('before@c.example'), PLACE);
    const again = { ...claims('before@c.example'), email: 'after@c.example', email_verified: false };
    expect(await accounts.ssoAdmission.admit(provider, again, PLACE)).toEqual(first);
    expect(await accounts.ssoAdmission.admit(provider, { sub: again.sub }, PLACE)).toEqual(first);
  });

  it('has the role of the groups of today, and none without one', async () => {
    const { orgId, provider } = await organization({ roleMapping: MAPPING, defaultRole: null });
    const visit = (groups: string[]) =>
      accounts.ssoAdmission.admit(provider, claims('moving@c.example', groups), PLACE);
    const userId = userIdOf(await visit(['ops']));
    await visit(['everybody']);
    expect(await roleOf(orgId, userId)).toBe('viewer');
    expect(await lastEntry(orgId)).toMatchObject({
      action: 'user.role',
      actor_kind: 'system',
      actor_name: 'Our provider',
      before: { role: 'admin' },
      after: { role: 'viewer' },
    });
    expect(await refusalOf(provider, claims('moving@c.example', []))).toBe('no-role');
  });

  it('is refused after being removed', async () => {
    const { orgId, provider } = await organization();
    const userId = userIdOf(await accounts.ssoAdmission.admit(provider, claims('removed@c.example'), PLACE));
    await runSql(databaseUrl, 'DELETE FROM memberships WHERE org_id = $1 AND user_id = $2', [orgId, userId]);
    expect(await refusalOf(provider, claims('removed@c.example'))).toBe('not-invited');
  });

  it('is a stranger to another organization’s provider with the same subject and issuer', async () => {
    const { provider: a } = await organization();
    const { provider: b } = await organization();
    const visitor = claims('same@c.example');
    userIdOf(await accounts.ssoAdmission.admit(a, visitor, PLACE));
    expect(await refusalOf(b, visitor)).toBe('not-invited');
  });
});

describe('owners', () => {
  it('stay as they are under a mapping that makes none', async () => {
    const { orgId, ownerEmail, ownerId, provider } = await organization({ roleMapping: MAPPING });
    await join(orgId, await account(`second-${ownerEmail}`), 'owner');
    await accounts.ssoAdmission.admit(provider, claims(ownerEmail, ['everybody']), PLACE);
    expect(await roleOf(orgId, ownerId)).toBe('owner');
  });

  it('follow a mapping that makes owners, but the last one stays', async () => {
    const roleMapping = [{ group: 'board', role: 'owner' }, ...MAPPING];
    const { orgId, ownerEmail, ownerId, provider } = await organization({ roleMapping });
    await accounts.ssoAdmission.admit(provider, claims(ownerEmail, ['everybody']), PLACE);
    expect(await roleOf(orgId, ownerId)).toBe('owner');
    userIdOf(await accounts.ssoAdmission.admit(provider, claims('board@d.example', ['board']), PLACE));
    await accounts.ssoAdmission.admit(provider, claims(ownerEmail, ['everybody']), PLACE);
    expect(await roleOf(orgId, ownerId)).toBe('viewer');
  });
});

describe('a provider', () => {
  it('that was turned off, removed or replaced since admits nobody', async () => {
    const { orgId, provider } = await organization();
    await setUp(orgId, { enabled: false });
    expect(await refusalOf(provider, claims('off@e.example'))).toBe('unknown-organization');
    await setUp(orgId, { issuer: 'https://other.example' });
    expect(await refusalOf(provider, claims('off@e.example'))).toBe('unknown-organization');
    await accounts.sso.delete(orgId, SYSTEM_ACTOR);
    expect(await refusalOf(provider, claims('off@e.example'))).toBe('unknown-organization');
  });

  it('that maps to a role that is gone gives none', async () => {
    const { orgId } = await organization();
    const roleId = crypto.randomUUID();
    await runSql(
      databaseUrl,
      `INSERT INTO org_roles (id, org_id, name, description, permissions, created_at, updated_at)
       VALUES ($1, $2, 'Own', '', '{logs:read}', now(), now())`,
      [roleId, orgId],
    );
    const provider = await setUp(orgId, { roleMapping: [{ group: 'own', role: roleId }] });
    const userId = userIdOf(await accounts.ssoAdmission.admit(provider, claims('own@e.example', ['own']), PLACE));
    expect(await roleOf(orgId, userId)).toBe('custom');
    await runSql(databaseUrl, "UPDATE memberships SET role = 'viewer', role_id = NULL WHERE role_id = $1", [roleId]);
    await runSql(databaseUrl, 'DELETE FROM org_roles WHERE id = $1', [roleId]);
    expect(await refusalOf(provider, claims('own@e.example', ['own']))).toBe('no-role');
  });
});
