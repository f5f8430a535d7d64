import { randomBytes } from 'node:crypto';
import { type OrgId, type Role, SsoSettings } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from '../accounts.ts';
import { type Actor, SYSTEM_ACTOR } from '../actor.ts';

const SECRET = 'a-client-secret-of-the-provider';
const SETTINGS = SsoSettings.parse({
  name: 'Our provider',
  issuer: 'https://login.example',
  clientId: 'aegis',
  clientSecret: SECRET,
});
const { clientSecret: _secret, ...WITHOUT_SECRET } = SETTINGS;

let databaseUrl: string;
let accounts: Accounts;
let orgId: OrgId;
let owner: Actor;

async function person(role?: Role): Promise<Actor> {
  const id = crypto.randomUUID();
  const email = `${id}@example.com`;
  await runSql(databaseUrl, 'INSERT INTO users (id, email, name, created_at) VALUES ($1, $2, $2, now())', [id, email]);
  if (role !== undefined) {
    await accounts.members.add(orgId, SYSTEM_ACTOR, id, role);
  }
  return { kind: 'user', id, name: email, ip: null, userAgent: null, requestId: null };
}

async function identities(): Promise<number> {
  const sql = 'SELECT 1 FROM sso_identities i JOIN sso_providers p ON p.id = i.provider_id WHERE p.org_id = $1';
  return (await runSql(databaseUrl, sql, [orgId])).length;
}

/** Somebody who came in; the session's id. */
async function comeIn(): Promise<string> {
  const { slug } = await accounts.sso.read(orgId);
  const provider = await accounts.sso.findBySlug(slug);
  if (provider === undefined) return expect.unreachable();
  const email = `${crypto.randomUUID()}@sso.example`;
  const place = { ip: null, userAgent: null };
  const admission = await accounts.ssoAdmission.admit(provider, { sub: email, email }, { ...place, requestId: null });
  if (admission.outcome !== 'admitted') return expect.unreachable();
  const { userId } = admission;
  return accounts.sessions.create({ userId, orgId, methods: ['sso'], fingerprint: Buffer.alloc(32), ...place });
}

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: randomBytes(32) });
  await accounts.migrate();
});

beforeEach(async () => {
  owner = await person();
  orgId = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'O', ownerUserId: owner.id ?? '' });
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

describe('settings', () => {
  it('are read as they were put, the secret only for a login', async () => {
    expect((await accounts.sso.read(orgId)).provider).toBeUndefined();
    await accounts.sso.put(orgId, owner, SETTINGS);
    const { slug, provider } = await accounts.sso.read(orgId);
    expect(provider).toMatchObject({ ...WITHOUT_SECRET, orgId });
    expect(JSON.stringify(provider)).not.toContain(SECRET);
    expect(await accounts.sso.findBySlug(` ${slug.toUpperCase()} `)).toEqual({ ...provider, clientSecret: SECRET });
    expect(await accounts.sso.findEnabled(provider?.id ?? '')).toMatchObject({ clientSecret: SECRET });
    const stored = await runSql(databaseUrl, 'SELECT * FROM sso_providers WHERE org_id = $1', [orgId]);
    expect(Buffer.from(stored[0]?.client_secret as Uint8Array).includes(SECRET)).toBe(false);
  });

  it('keep the secret in a change without one, but not for another issuer', async () => {
    await accounts.sso.put(orgId, owner, SETTINGS);
    const { slug } = await accounts.sso.read(orgId);
    await accounts.sso.put(orgId, owner, { ...WITHOUT_SECRET, name: 'New name' });
    expect(await accounts.sso.findBySlug(slug)).toMatchObject({ name: 'New name', clientSecret: SECRET });
    const elsewhere = { ...WITHOUT_SECRET, issuer: 'https://other.example' };
    await expect(accounts.sso.put(orgId, owner, elsewhere)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('are in the audit log without the secret', async () => {
    await accounts.sso.put(orgId, owner, SETTINGS);
    await accounts.sso.put(orgId, owner, { ...SETTINGS, clientSecret: 'another secret', scopes: ['openid'] });
    await accounts.sso.delete(orgId, owner);
    const sql = 'SELECT action, before, after FROM audit_entries WHERE org_id = $1 AND seq > 1 ORDER BY seq';
    const facts = { name: 'Our provider', issuer: 'https://login.example', scopes: ['openid'], roleMapping: [] };
    const { scopes: _scopes, ...others } = facts;
    const entries = await runSql(databaseUrl, sql, [orgId]);
    expect(entries).toMatchObject([
      { action: 'sso.create', before: null, after: { ...others, clientSecret: 'changed' } },
      { action: 'sso.update', before: others, after: { ...facts, clientSecret: 'changed' } },
      { action: 'sso.delete', before: facts, after: null },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/another secret|a-client-secret/);
  });

  it('of another organization are not there', async () => {
    await accounts.sso.put(orgId, owner, SETTINGS);
    const other = await accounts.organizations.create(SYSTEM_ACTOR, { name: 'B', ownerUserId: owner.id ?? '' });
    expect((await accounts.sso.read(other)).provider).toBeUndefined();
    await expect(accounts.sso.delete(other, owner)).rejects.toMatchObject({ code: 'not-found' });
    expect((await accounts.sso.read(orgId)).provider).toBeDefined();
  });

  it('that are turned off look like none to a login', async () => {
    await accounts.sso.put(orgId, owner, { ...SETTINGS, enabled: false });
    const { slug, provider } = await accounts.sso.read(orgId);
    expect(await accounts.sso.findBySlug(slug)).toBeUndefined();
    expect(await accounts.sso.findEnabled(provider?.id ?? '')).toBeUndefined();
    expect(await accounts.sso.findBySlug('a\0b')).toBeUndefined();
    expect(await accounts.sso.findEnabled('no id')).toBeUndefined();
  });
});

describe('who may', () => {
  it('choose a provider: owners', async () => {
    const admin = await person('admin');
    await expect(accounts.sso.put(orgId, admin, SETTINGS)).rejects.toMatchObject({ code: 'forbidden' });
    await accounts.sso.put(orgId, owner, SETTINGS);
    const other = { issuer: 'https://o.example' };
    for (const change of [other, { clientId: 'x' }, {}]) {
      const settings = { ...SETTINGS, ...change };
      await expect(accounts.sso.put(orgId, admin, settings)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('map to a role: who has what it gives', async () => {
    const admin = await person('admin');
    await accounts.sso.put(orgId, owner, SETTINGS);
    const mapped = (role: string) => ({ ...WITHOUT_SECRET, roleMapping: [{ group: 'g', role }] });
    await accounts.sso.put(orgId, admin, mapped('admin'));
    await expect(accounts.sso.put(orgId, admin, mapped('owner'))).rejects.toMatchObject({ code: 'forbidden' });
    const byDefault = { ...WITHOUT_SECRET, defaultRole: 'owner' };
    await expect(accounts.sso.put(orgId, admin, byDefault)).rejects.toMatchObject({ code: 'forbidden' });
    await accounts.sso.put(orgId, owner, mapped('owner'));
    // Saving again what an owner mapped would be mapping it.
    await expect(accounts.sso.put(orgId, admin, mapped('owner'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(accounts.sso.put(orgId, await person('member'), mapped('viewer'))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(accounts.sso.put(orgId, owner, mapped('no-role'))).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('sessions and identities', () => {
  beforeEach(() => accounts.sso.put(orgId, owner, { ...SETTINGS, defaultRole: 'viewer' }));

  const changes: [string, () => Promise<void>, number, boolean][] = [
    ['stay when the name changes', () => accounts.sso.put(orgId, owner, { ...WITHOUT_SECRET, name: 'N' }), 1, true],
    [
      'end when it is turned off',
      () => accounts.sso.put(orgId, owner, { ...WITHOUT_SECRET, enabled: false }),
      1,
      false,
    ],
    [
      'end when the issuer is another one, which knows other people',
      () => accounts.sso.put(orgId, owner, { ...SETTINGS, issuer: 'https://other.example' }),
      0,
      false,
    ],
    ['end when it is removed', () => accounts.sso.delete(orgId, owner), 0, false],
  ];

  it.each(changes)('%s', async (_name, change, known, lives) => {
    const sessionId = await comeIn();
    const place = { ip: null, userAgent: null, fingerprint: Buffer.alloc(32) };
    const own = await accounts.sessions.create({ userId: owner.id ?? '', methods: ['password'], ...place });
    expect(await accounts.sessions.access(sessionId)).toMatchObject({ onlyOrganization: orgId });
    await change();
    expect(await identities()).toBe(known);
    expect((await accounts.sessions.access(sessionId)) !== undefined).toBe(lives);
    expect(await accounts.sessions.access(own)).toBeDefined();
  });
});
