import { randomBytes, randomUUID } from 'node:crypto';
import { type Accounts, openAccounts } from '@aegisguard/accounts';
import { openMemoryLimits } from '@aegisguard/limits';
import { type OrgId, parseOrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase, startMailServer, type TestMailServer } from '@aegisguard/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AccessDirectory } from '../platform/access-directory.ts';
import { AccessTokens } from '../platform/access-token.ts';
import { AccessWatch } from '../platform/access-watch.ts';
import { type Mailer, openMailer } from '../platform/mailer.ts';
import type { RaisedEvent } from '../platform/security-events.ts';
import { SelfMetrics } from '../platform/self-metrics.ts';
import { AccountWatch } from './account-watch.ts';
import { Devices } from './devices.ts';
import { LoginGate } from './login-gate.ts';

const PLACE = { ip: '192.0.2.1', userAgent: null, requestId: 'r' };
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';
const devices = new Devices();

let mail: TestMailServer;
let mailer: Mailer;
let accounts: Accounts;
let raised: (RaisedEvent & { orgId: OrgId })[];
const securityEvents = { raise: (orgId: OrgId, event: RaisedEvent) => void raised.push({ orgId, ...event }) };
const metrics = new SelfMetrics();
const gate = new LoginGate(openMemoryLimits());
let watch: AccountWatch;

beforeAll(async () => {
  mail = await startMailServer();
  mailer = openMailer({ smtpUrl: mail.url, from: 'AegisGuard <noreply@example.com>' });
  accounts = openAccounts({ databaseUrl: await createDatabase(), masterKey: randomBytes(32) });
  await accounts.migrate();
  watch = new AccountWatch({ accounts, securityEvents, mailer, gate, metrics, logger: pino({ level: 'silent' }) });
});

beforeEach(() => {
  raised = [];
});

afterAll(async () => {
  mailer.close();
  await Promise.all([accounts.close(), mail.stop()]);
  await closeDatabases();
});

/** A person of two organizations. */
async function person() {
  const email = `${randomUUID()}@example.com`;
  const wishes = { email, password: 'a moth in relay 70', name: 'Grace', organizationName: 'Navy' };
  const { userId, orgId } = await accounts.register(PLACE, wishes);
  const by = { kind: 'user', id: userId, name: email, ...PLACE } as const;
  const second = await accounts.organizations.create(by, { name: 'Second', ownerUserId: userId });
  return { email, userId, orgIds: [orgId, second].toSorted() };
}

/** To whom what was told; every event must be told to every organization alike. */
async function told(): Promise<{ orgIds: OrgId[]; events: object[] }> {
  await watch.settled();
  const orgIds = [...new Set(raised.map(({ orgId }) => orgId))].toSorted();
  const perOrg = orgIds.map((id) => raised.filter(({ orgId }) => orgId === id).map(({ orgId: _, ...event }) => event));
  expect(perOrg.every((events) => JSON.stringify(events) === JSON.stringify(perOrg[0]))).toBe(true);
  return { orgIds, events: perOrg[0] ?? [] };
}

describe('AccountWatch', () => {
  it('tells every organization of the person what happened and from where', async () => {
    const { email, orgIds, userId } = await person();
    watch.loginFailed(email.toUpperCase(), PLACE);
    watch.loginLocked(email, PLACE);
    watch.refreshReused(userId, PLACE, 'session-1');
    watch.sessionRevoked(userId, PLACE, 'session-2', 'device-changed');
    watch.sessionsRevoked(userId, PLACE, 3);
    const where = { actor: email, ip: PLACE.ip };
    const { events, orgIds: to } = await told();
    expect(to).toEqual(orgIds);
    expect(events).toHaveLength(5);
    expect(events).toEqual(
      expect.arrayContaining([
        { type: 'auth.login_failed', ...where },
        { type: 'auth.login_locked', ...where },
        { type: 'auth.refresh_reused', target: 'session-1', ...where },
        { type: 'auth.session_revoked', target: 'session-2', attributes: { reason: 'device-changed' }, ...where },
        { type: 'auth.session_revoked', attributes: { reason: 'revoked', count: 3 }, ...where },
      ]),
    );
  });

  it('counts a login for an account that nobody has, and tells nobody', async () => {
    const before = (await metrics.loginFailures.get()).values[0]?.value ?? 0;
    for (const email of ['nobody@example.com', 'none', 'nul\0@x']) {
      watch.loginFailed(email, PLACE);
    }
    expect(await told()).toEqual({ orgIds: [], events: [] });
    expect((await metrics.loginFailures.get()).values[0]?.value).toBe(before + 3);
  });

  it('tells of a device or a network that is new to a person, and mails it', async () => {
    const { email, userId } = await person();
    const begin = async (userAgent: string | null, ip: string) => {
      const device = devices.of(userAgent);
      const session = { userId, methods: ['password'] as const, fingerprint: device.fingerprint, ip, userAgent };
      const id = await accounts.sessions.create(session);
      raised = [];
      watch.sessionBegan({ id, userId }, device, { ip, userAgent, requestId: 'r' });
      return (await told()).events;
    };
    expect(await begin(FIREFOX, '192.0.2.1')).toEqual([]);
    expect(await begin(FIREFOX, '192.0.2.1')).toEqual([]);
    const news = { type: 'auth.login_succeeded_new_device', actor: email };
    expect(await begin(FIREFOX, '198.51.100.1')).toMatchObject([{ ...news, ip: '198.51.100.1' }]);
    expect((await mail.mailTo(email)).text).toContain('Firefox on Linux from the address 198.51.100.1');
    expect(await begin(null, '192.0.2.1')).toMatchObject([news]);
    expect((await mail.mailTo(email)).text).toContain('an unknown device');
    expect(await begin(null, '192.0.2.1')).toEqual([]);
    expect(await begin(FIREFOX, '2001:db8::1')).toMatchObject([news]);
    expect(await begin(FIREFOX, '2001:db8::2')).toEqual([]);
    const isKnown = (who: string, userAgent: string | null, ip: string) =>
      watch.isKnownPlace(who, devices.of(userAgent), { ip, userAgent, requestId: 'r' });
    expect(await isKnown(email.toUpperCase(), FIREFOX, '2001:db8::3')).toBe(true);
    expect(await isKnown(email, null, '2001:db8::1')).toBe(false);
    expect(await isKnown(email, FIREFOX, '203.0.113.1')).toBe(false);
    expect(await isKnown('nobody@example.com', FIREFOX, '192.0.2.1')).toBe(false);
  });

  it('tells of a new password, also the person', async () => {
    const { email, userId } = await person();
    watch.passwordSet(userId, PLACE, 'auth.password_reset');
    expect((await told()).events).toEqual([{ type: 'auth.password_reset', actor: email, ip: PLACE.ip }]);
    expect((await mail.mailTo(email)).subject).toBe('Your AegisGuard password was changed');
  });

  it('fills no mailbox: whoever registers with an address that is not theirs could have it written to without end', async () => {
    const { email, userId } = await person();
    for (let n = 0; n < 7; n += 1) {
      watch.passwordSet(userId, PLACE, 'auth.password_changed');
    }
    await watch.settled();
    expect(mail.mails.filter(({ to }) => to.includes(email))).toHaveLength(5);
  });

  it('fails nobody when it cannot tell', async () => {
    const lost = openAccounts({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', masterKey: randomBytes(32) });
    const logger = pino({ level: 'silent' });
    const blind = new AccountWatch({ accounts: lost, securityEvents, mailer, gate, metrics, logger });
    blind.loginFailed('ada@example.com', PLACE);
    await blind.settled();
    expect(raised).toEqual([]);
    await lost.close();
  });
});

describe('AccessWatch', () => {
  const forger = new AccessTokens([Buffer.from('a secret that is not the server’s own')]);
  const own = new AccessTokens([Buffer.from('the secret of the server, 32 bytes or more')]);

  it('tells of a forged token for a session that goes on, and of no other refusal', async () => {
    const { email, userId } = await person();
    const access = new AccessWatch(securityEvents, new AccessDirectory(accounts));
    const session = { userId, methods: [], fingerprint: Buffer.alloc(32), ip: null, userAgent: null };
    const id = await accounts.sessions.create(session);
    const refuse = async (token: string) => {
      const error = await own.verify(token).catch((reason: unknown) => reason);
      await access.tokenRefused(token, error, PLACE.ip);
    };
    const [head, claims] = (await own.sign({ userId, sessionId: id })).split('.');
    for (const sessionId of [randomUUID(), 'no-uuid']) {
      await refuse(await forger.sign({ userId, sessionId }));
    }
    await refuse('a.b.c');
    expect(raised).toEqual([]);
    await refuse(`${head}.${claims}.${Buffer.alloc(32).toString('base64url')}`);
    expect(raised).toHaveLength(2);
    expect(raised[0]).toMatchObject({ type: 'auth.token_rejected', actor: email, ip: PLACE.ip, target: id });
  });

  it('tells of a permission that somebody lacks', () => {
    const orgId = parseOrgId('00000000-0000-7000-8000-00000000000a');
    const access = new AccessWatch(securityEvents, new AccessDirectory(accounts));
    const actor = { kind: 'user', id: null, name: 'ada@example.com', ...PLACE } as const;
    const caller = { userId: 'u', sessionId: 's', orgId, permissions: new Set<never>(), actor };
    access.denied(caller, 'keys:write', 'POST /apikeys');
    access.denied({ ...caller, orgId: undefined }, 'keys:write', 'POST /apikeys');
    expect(raised).toEqual([
      {
        orgId,
        type: 'access.denied',
        actor: 'ada@example.com',
        ip: PLACE.ip,
        target: 'POST /apikeys',
        attributes: { permission: 'keys:write' },
      },
    ]);
  });
});
