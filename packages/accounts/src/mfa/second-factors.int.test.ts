import { randomBytes } from 'node:crypto';
import type { OrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase, runSql } from '@aegisguard/testkit';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from '../accounts.ts';
import type { Actor } from '../actor.ts';
import { SYSTEM_ACTOR } from '../actor.ts';

const WRONG = { code: 'invalid-credentials' };
const PASSWORD = 'a fine long password';
const STEP_MS = 30_000;

let databaseUrl: string;
let accounts: Accounts;
let nowMs = Date.parse('2026-11-26T12:00:05Z');
let userId: string;
let by: Actor;
let orgId: OrgId;
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

beforeEach(async () => {
  people += 1;
  const email = `person${people}@example.com`;
  userId = (await accounts.users.create({ email, name: 'Person', password: PASSWORD })).id;
  orgId = await accounts.organizations.create(SYSTEM_ACTOR, { name: `Org ${people}`, ownerUserId: userId });
  by = { ...SYSTEM_ACTOR, kind: 'user', id: userId, name: email };
});

const sql = (text: string, values: readonly unknown[] = []) => runSql(databaseUrl, text, values);

const auditActions = async () =>
  (await sql('SELECT action FROM audit_entries WHERE org_id = $1 ORDER BY seq', [orgId])).map(({ action }) => action);

const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: nowMs });

/** The authenticator shows its next code. */
function nextCode(secret: string): string {
  nowMs += STEP_MS;
  return codeOf(secret);
}

async function enableTotp(): Promise<{ secret: string; recoveryCodes: readonly string[] }> {
  const { secret } = await accounts.mfa.beginTotp(userId);
  return { secret, recoveryCodes: await accounts.mfa.confirmTotp(userId, by, codeOf(secret)) };
}

const passkey = (name = 'key', more = {}) => ({
  name,
  credentialId: randomBytes(32),
  publicKey: randomBytes(77),
  signCount: 1,
  transports: ['usb'],
  synced: false,
  ...more,
});

describe('one-time codes', () => {
  it('change nothing until a code is verified, and the next set-up replaces one that was not', async () => {
    const first = await accounts.mfa.beginTotp(userId);
    expect(await accounts.mfa.methods(userId)).toBeUndefined();
    expect(await accounts.mfa.prove(userId, codeOf(first.secret))).toBeUndefined();
    const second = await accounts.mfa.beginTotp(userId);
    expect(second.secret).not.toBe(first.secret);
    await expect(accounts.mfa.confirmTotp(userId, by, codeOf(first.secret))).rejects.toMatchObject(WRONG);
    expect(await accounts.mfa.state(userId)).toEqual({ totpSince: null, recoveryCodesLeft: 0, passkeys: [] });
    const codes = await accounts.mfa.confirmTotp(userId, by, codeOf(second.secret));
    expect(new Set(codes).size).toBe(10);
    expect(await accounts.mfa.state(userId)).toEqual({
      totpSince: new Date(nowMs),
      recoveryCodesLeft: 10,
      passkeys: [],
    });
    expect(await accounts.mfa.methods(userId)).toEqual(['totp', 'recovery-code']);
    expect(await auditActions()).toEqual(['organization.create', 'user.mfa-enable']);
  });

  it('are confirmed once, by one of many at once', async () => {
    await expect(accounts.mfa.confirmTotp(userId, by, '123456')).rejects.toMatchObject(WRONG);
    const { secret } = await accounts.mfa.beginTotp(userId);
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => accounts.mfa.confirmTotp(userId, by, codeOf(secret))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(accounts.mfa.confirmTotp(userId, by, nextCode(secret))).rejects.toMatchObject({
      code: 'already-exists',
    });
    await expect(accounts.mfa.beginTotp(userId)).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('work once each, also when many try at the same time', async () => {
    const { secret } = await enableTotp();
    // The one that confirmed the set-up is used up.
    expect(await accounts.mfa.prove(userId, codeOf(secret))).toBeUndefined();
    const code = nextCode(secret);
    const proofs = await Promise.all(Array.from({ length: 10 }, () => accounts.mfa.prove(userId, code)));
    expect(proofs.filter((proof) => proof === 'totp')).toHaveLength(1);
    const late = codeOf(secret);
    const later = nextCode(secret);
    expect(await accounts.mfa.prove(userId, later)).toBe('totp');
    expect(await accounts.mfa.prove(userId, late)).toBeUndefined();
  });

  it('are stored sealed', async () => {
    const { secret } = await enableTotp();
    const [row] = await sql('SELECT secret FROM mfa_factors WHERE user_id = $1', [userId]);
    const bytes = row?.secret as Buffer;
    expect(bytes.length).toBeGreaterThan(20);
    expect(bytes.includes(Buffer.from(secret))).toBe(false);
  });

  it('are turned off by a proof, and take the recovery codes along', async () => {
    const { secret, recoveryCodes } = await enableTotp();
    await expect(accounts.mfa.disableTotp(userId, by, '000000')).rejects.toMatchObject(WRONG);
    expect(await accounts.mfa.disableTotp(userId, by, nextCode(secret))).toBe('totp');
    expect(await accounts.mfa.methods(userId)).toBeUndefined();
    expect(await accounts.mfa.prove(userId, recoveryCodes[0] ?? '')).toBeUndefined();
    expect(await auditActions()).toEqual(['organization.create', 'user.mfa-enable', 'user.mfa-disable']);
  });

  it('stay on while an organization demands them, unless there is a passkey', async () => {
    const { secret, recoveryCodes } = await enableTotp();
    await sql('UPDATE organizations SET mfa_required = true WHERE id = $1', [orgId]);
    const [code = ''] = recoveryCodes;
    await expect(accounts.mfa.disableTotp(userId, by, code)).rejects.toMatchObject({ code: 'conflict' });
    const { recoveryCodes: none, id } = await accounts.passkeys.add(userId, by, passkey());
    expect(none).toBeNull();
    // The refusal used nothing up.
    expect(await accounts.mfa.disableTotp(userId, by, code)).toBe('recovery-code');
    expect(await accounts.mfa.methods(userId)).toEqual(['passkey', 'recovery-code']);
    await expect(accounts.passkeys.remove(userId, by, id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await accounts.mfa.prove(userId, nextCode(secret))).toBeUndefined();
  });
});

describe('recovery codes', () => {
  it('work once each, however they are typed', async () => {
    const { recoveryCodes } = await enableTotp();
    const [first = '', second = ''] = recoveryCodes;
    const proofs = await Promise.all(Array.from({ length: 5 }, () => accounts.mfa.prove(userId, first)));
    expect(proofs.filter((proof) => proof === 'recovery-code')).toHaveLength(1);
    expect(await accounts.mfa.prove(userId, second.toUpperCase().replace('-', ' '))).toBe('recovery-code');
    expect((await accounts.mfa.state(userId)).recoveryCodesLeft).toBe(8);
  });

  it('are one person’s', async () => {
    const { recoveryCodes } = await enableTotp();
    const other = await accounts.users.create({ email: `other${people}@example.com`, name: 'O', password: PASSWORD });
    expect(await accounts.mfa.prove(other.id, recoveryCodes[0] ?? '')).toBeUndefined();
  });

  it('are replaced by new ones, for a proof', async () => {
    const { secret, recoveryCodes } = await enableTotp();
    await expect(accounts.mfa.newRecoveryCodes(userId, by, 'aaaaa-aaaaa')).rejects.toMatchObject(WRONG);
    const { proof, codes } = await accounts.mfa.newRecoveryCodes(userId, by, nextCode(secret));
    expect(proof).toBe('totp');
    expect(await accounts.mfa.prove(userId, recoveryCodes[0] ?? '')).toBeUndefined();
    expect(await accounts.mfa.prove(userId, codes[0] ?? '')).toBe('recovery-code');
    expect((await auditActions()).at(-1)).toBe('user.recovery-codes');
  });
});

describe('passkeys', () => {
  it('the first factor brings recovery codes, the last takes them along', async () => {
    const first = await accounts.passkeys.add(userId, by, passkey(' key one '));
    expect(first.name).toBe('key one');
    expect(first.recoveryCodes).toHaveLength(10);
    // Passkeys are listed by the time that they were added at.
    nowMs += 1;
    const second = await accounts.passkeys.add(userId, by, passkey('two', { synced: true }));
    expect(second.recoveryCodes).toBeNull();
    await accounts.passkeys.rename(userId, by, second.id, 'phone');
    await accounts.passkeys.rename(userId, by, second.id, 'phone');
    expect((await accounts.mfa.state(userId)).passkeys).toMatchObject([
      { name: 'key one', synced: false, lastUsedAt: null },
      { name: 'phone', synced: true },
    ]);
    expect(await accounts.passkeys.remove(userId, by, first.id)).toBe('key one');
    expect((await accounts.mfa.state(userId)).recoveryCodesLeft).toBe(10);
    await accounts.passkeys.remove(userId, by, second.id);
    expect((await accounts.mfa.state(userId)).recoveryCodesLeft).toBe(0);
    expect((await auditActions()).slice(1)).toEqual([
      'user.passkey-add',
      'user.passkey-add',
      'user.passkey-rename',
      'user.passkey-remove',
      'user.passkey-remove',
    ]);
  });

  it('are one person’s: somebody else’s is not there, and none is added twice', async () => {
    const mine = passkey();
    const { id } = await accounts.passkeys.add(userId, by, mine);
    const other = await accounts.users.create({ email: `else${people}@example.com`, name: 'E', password: PASSWORD });
    await expect(accounts.passkeys.add(other.id, by, mine)).rejects.toMatchObject({ code: 'already-exists' });
    for (const unknown of [id, 'no-id']) {
      await expect(accounts.passkeys.rename(other.id, by, unknown, 'x')).rejects.toMatchObject({ code: 'not-found' });
      await expect(accounts.passkeys.remove(other.id, by, unknown)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await accounts.passkeys.credentialsOf(other.id)).toEqual([]);
    expect(await accounts.passkeys.credentialsOf(userId)).toMatchObject([{ id, userId, transports: ['usb'] }]);
    expect(await accounts.passkeys.findCredential(mine.credentialId)).toMatchObject({ id, userId });
    await sql('UPDATE users SET disabled_at = now() WHERE id = $1', [userId]);
    expect(await accounts.passkeys.findCredential(mine.credentialId)).toBeUndefined();
  });

  it.each([
    ['counts', 1, false, [2, 3, 3, 2, 0, 4], [true, true, false, false, false, true]],
    ['does not count', 0, false, [0, 0, 1, 0], [true, true, true, false]],
    ['is synchronized', 5, true, [5, 0, 7, 6], [true, true, true, true]],
  ])('one that %s', async (_, signCount, synced, counts, allowed) => {
    const { id } = await accounts.passkeys.add(userId, by, passkey('key', { signCount, synced }));
    const uses = [];
    for (const count of counts) {
      uses.push(await accounts.passkeys.use(id, { signCount: count, synced }));
    }
    expect(uses).toEqual(allowed);
  });

  it('a copy gets nowhere by saying that it is synchronized', async () => {
    const { id } = await accounts.passkeys.add(userId, by, passkey('key', { signCount: 9 }));
    expect(await accounts.passkeys.use(id, { signCount: 0, synced: true })).toBe(false);
  });

  it('of two uses with one count one wins', async () => {
    const { id } = await accounts.passkeys.add(userId, by, passkey());
    const uses = await Promise.all(
      Array.from({ length: 5 }, () => accounts.passkeys.use(id, { signCount: 2, synced: false })),
    );
    expect(uses.filter(Boolean)).toHaveLength(1);
  });
});

describe('a session', () => {
  it('gains a method once', async () => {
    const fingerprint = new Uint8Array(32);
    const sessionId = await accounts.sessions.create({
      userId,
      methods: ['password'],
      fingerprint,
      ip: null,
      userAgent: null,
    });
    await accounts.sessions.addMethod(sessionId, 'totp');
    await accounts.sessions.addMethod(sessionId, 'totp');
    expect((await accounts.sessions.access(sessionId))?.methods).toEqual(['password', 'totp']);
  });
});

it('the password is demanded of accounts that have one', async () => {
  await expect(accounts.mfa.demandPassword(userId, PASSWORD)).resolves.toBeUndefined();
  await expect(accounts.mfa.demandPassword(userId, undefined)).rejects.toMatchObject(WRONG);
  await expect(accounts.mfa.demandPassword(userId, 'another password')).rejects.toMatchObject(WRONG);
  await sql('UPDATE users SET password_hash = NULL WHERE id = $1', [userId]);
  await expect(accounts.mfa.demandPassword(userId, undefined)).resolves.toBeUndefined();
});
