import { createHmac, randomUUID } from 'node:crypto';
import {
  closeDatabases,
  createDatabase,
  startMailServer,
  startServer,
  type TestMailServer,
  type TestServer,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectWithin, REMEMBERED_MS_MAX } from './testing/expect-within.ts';
import { Browser } from './wire/browser.ts';

// Signing in, from outside: two processes on one database, as behind a proxy.

const JWT_SECRET = 'test-jwt-secret-0123456789-0123456789';
const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36';
const PASSWORD = 'a moth in relay 70';

let mail: TestMailServer;
let server: TestServer;
/** Another process. */
let second: TestServer;

beforeAll(async () => {
  mail = await startMailServer();
  const shared = { DATABASE_URL: await createDatabase(), AEGIS_TRUST_PROXY: '127.0.0.1,::1' };
  server = await startServer({
    env: { ...shared, SMTP_URL: mail.url, AEGIS_PUBLIC_URL: 'https://aegis.example.com' },
  });
  second = await startServer({ env: { ...shared, AEGIS_REGISTRATION: 'closed' } });
});

afterAll(async () => {
  await Promise.all([server.stop(), second.stop(), mail.stop()]);
  await closeDatabases();
});

let addresses = 0;
/** A new address: limits count by it. */
function newAddress(): string {
  addresses += 1;
  return `203.0.${Math.trunc(addresses / 250)}.${(addresses % 250) + 1}`;
}

const browser = (userAgent?: string) => new Browser(server.url, newAddress(), userAgent);

async function registered() {
  const own = browser();
  const email = `${randomUUID()}@example.com`;
  const body = { email, password: PASSWORD, name: 'Grace', organizationName: 'Navy' };
  const { status, answer } = await own.enter('/auth/register', body);
  expect(status).toBe(201);
  return { own, email, answer };
}

async function login(email: string, password = PASSWORD, userAgent?: string) {
  const own = browser(userAgent);
  const { status, answer } = await own.enter('/auth/login', { email, password });
  return { own, status, answer };
}

interface Listed {
  readonly id: string;
  readonly current: boolean;
  readonly device: string;
}

async function sessionsOf(own: Browser): Promise<Listed[]> {
  return ((await (await own.send('GET', '/auth/sessions')).json()) as { items: Listed[] }).items;
}

/** Of the next mails to an address. */
async function subjectsTo(email: string, count: number): Promise<string[]> {
  const subjects: string[] = [];
  while (subjects.length < count) {
    subjects.push((await mail.mailTo(email)).subject);
  }
  return subjects;
}

describe('a session', () => {
  it('begins with a registration, is refreshed, and a token that comes again ends it', async () => {
    const { own, email, answer } = await registered();
    expect(answer).toMatchObject({
      expiresIn: 900,
      user: { email, name: 'Grace' },
      organizations: [{ name: 'Navy', role: 'owner' }],
      session: { methods: ['password'], onlyOrganization: null },
    });
    expect(own.setCookie).toMatch(
      /^__Host-aegis_refresh=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(await own.meStatus()).toBe(200);

    const stolen = own.cookie;
    expect(await own.enter('/auth/refresh')).toMatchObject({ status: 200, answer: { user: { email } } });
    expect(own.cookie).not.toBe(stolen);
    expect(await own.meStatus()).toBe(200);

    const thief = browser();
    thief.cookie = stolen;
    expect(await thief.enter('/auth/refresh')).toMatchObject({ status: 401, answer: { code: 'unauthorized' } });
    expect(thief.cookie).toBe('');
    expect(await own.meStatus()).toBe(401);
    expect((await own.enter('/auth/refresh')).status).toBe(401);
  });

  it('is bound to its kind of device, not to a version or an address', async () => {
    const { own, email } = await registered();
    const updated = new Browser(
      server.url,
      newAddress(),
      'Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0',
    );
    updated.cookie = own.cookie;
    expect((await updated.enter('/auth/refresh')).status).toBe(200);
    const other = browser(CHROME);
    other.cookie = updated.cookie;
    expect((await other.enter('/auth/refresh')).status).toBe(401);
    expect((await updated.enter('/auth/refresh')).status).toBe(401);
    expect((await login(email)).status).toBe(200);
  });

  it('is not refreshed or ended by a page of another origin', async () => {
    const { own } = await registered();
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://aegis.example.com.evil.example' },
    ];
    for (const headers of foreign) {
      for (const path of ['/auth/refresh', '/auth/logout']) {
        expect((await own.send('POST', path, { headers, anonymous: true })).status).toBe(403);
      }
    }
    for (const headers of [
      { origin: server.url, 'sec-fetch-site': 'same-origin' },
      { origin: 'https://aegis.example.com' },
    ]) {
      const answer = await own.send('POST', '/auth/refresh', { headers, anonymous: true });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('is listed with its device and can be ended from another, at once here and within 5 s in every process', async () => {
    const { own, email } = await registered();
    const { own: other } = await login(email, PASSWORD, CHROME);
    expect(await other.meStatus(second.url)).toBe(200);
    const listed = await sessionsOf(own);
    expect(listed).toMatchObject([
      { current: false, device: 'Chrome on Windows' },
      { current: true, device: 'Firefox on Linux' },
    ]);
    expect((await own.send('DELETE', `/auth/sessions/${listed[0]?.id}`)).status).toBe(204);
    expect(await other.meStatus()).toBe(401);
    expect((await other.enter('/auth/refresh')).status).toBe(401);
    await expectWithin(REMEMBERED_MS_MAX, () => other.meStatus(second.url), 401);
    expect((await own.send('DELETE', `/auth/sessions/${listed[0]?.id}`)).status).toBe(404);

    const { own: stranger } = await registered();
    expect((await stranger.send('DELETE', `/auth/sessions/${listed[1]?.id}`)).status).toBe(404);
    expect(await own.meStatus()).toBe(200);
  });

  it('ends with a logout, by cookie or by access token', async () => {
    const { own, email } = await registered();
    expect((await own.send('POST', '/auth/logout', { anonymous: true })).status).toBe(204);
    expect(own.setCookie).toMatch(
      /^__Host-aegis_refresh=; Max-Age=0; Path=\/; Expires=Thu, 01 Jan 1970 .*; HttpOnly; Secure;/,
    );
    expect(await own.meStatus()).toBe(401);
    const { own: again } = await login(email);
    again.cookie = '';
    expect((await again.send('POST', '/auth/logout')).status).toBe(204);
    expect(await again.meStatus()).toBe(401);
    expect((await browser().send('POST', '/auth/logout')).status).toBe(204);
  });
});

it('the sign-in pages are told what is offered', async () => {
  const optionsOf = async (url: string) => (await fetch(`${url}/auth/options`)).json();
  expect(await optionsOf(server.url)).toEqual({ registration: true, mail: true, passkeys: true });
  expect(await optionsOf(second.url)).toEqual({ registration: false, mail: false, passkeys: false });
  const body = { email: 'closed@example.com', password: PASSWORD, name: 'G', organizationName: 'N' };
  expect(await new Browser(second.url, newAddress()).enter('/auth/register', body)).toMatchObject({
    status: 403,
    answer: { code: 'registration-closed' },
  });
});

describe('one’s account', () => {
  it('has a name that can be changed', async () => {
    const { own } = await registered();
    const answer = await own.send('PATCH', '/auth/me', { body: { name: ' Grace H. ' } });
    expect(await answer.json()).toMatchObject({ user: { name: 'Grace H.' } });
    expect(await (await own.send('GET', '/auth/me')).json()).toMatchObject({ user: { name: 'Grace H.' } });
  });

  it('is one for each address, and has a password that is not tried first', async () => {
    const { email } = await registered();
    const body = { email: email.toUpperCase(), password: PASSWORD, name: 'G', organizationName: 'N' };
    expect(await browser().enter('/auth/register', body)).toMatchObject({
      status: 409,
      answer: { code: 'already-exists' },
    });
    expect(
      await browser().enter('/auth/register', { ...body, email: 'fresh@example.com', password: 'Sunshine1!' }),
    ).toMatchObject({ status: 400, answer: { code: 'weak-password', errors: [{ path: '/password' }] } });
  });

  it('keeps the session in which its password is changed, and ends the others', async () => {
    const { own, email } = await registered();
    const { own: other } = await login(email);
    const change = (currentPassword: string, newPassword: string) =>
      own.send('POST', '/auth/password', { body: { currentPassword, newPassword } });
    expect((await change('wrong', 'another moth in relay 71')).status).toBe(401);
    expect((await change(PASSWORD, 'password1')).status).toBe(400);
    expect((await change(PASSWORD, 'another moth in relay 71')).status).toBe(204);
    expect([await own.meStatus(), await other.meStatus()]).toEqual([200, 401]);
    expect((await login(email)).status).toBe(401);
    expect((await login(email, 'another moth in relay 71')).status).toBe(200);
    // Nobody waits for a mail, not even the next one.
    expect((await subjectsTo(email, 3)).toSorted()).toEqual([
      'New login to your AegisGuard account',
      'New login to your AegisGuard account',
      'Your AegisGuard password was changed',
    ]);
  });

  it('gets a new password by mail, once, with the link of the configured host', async () => {
    const { own, email } = await registered();
    const forgot = (address: string) =>
      browser().send('POST', '/auth/password/forgot', {
        body: { email: address },
        headers: { 'x-forwarded-host': 'evil.example' },
      });
    const answers = [await forgot(email), await forgot('nobody@example.com')];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['', '']);
    const { text } = await mail.mailTo(email);
    expect(mail.mails.some(({ to }) => to.includes('nobody@example.com'))).toBe(false);
    const token = /https:\/\/aegis\.example\.com\/reset-password#token=(\S+)/.exec(text)?.[1];
    const reset = (newPassword: string) =>
      browser().send('POST', '/auth/password/reset', { body: { token, newPassword } });
    expect((await reset('password1')).status).toBe(400);
    expect((await reset('a butterfly in relay 72')).status).toBe(204);
    expect((await reset('a butterfly in relay 73')).status).toBe(401);
    expect(await own.meStatus()).toBe(401);
    expect((await login(email, 'a butterfly in relay 72')).status).toBe(200);
    expect(JSON.stringify(server.output())).not.toContain(token);
  });
});

describe('access tokens', () => {
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  function jwt(header: object, claims: object, secret = JWT_SECRET, hash = 'sha256'): string {
    const signed = `${base64(header)}.${base64(claims)}`;
    return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
  }

  it('are refused when forged, over, of no or another algorithm, or of another issuer', async () => {
    const { own, answer } = await registered();
    const { user, session } = answer as { user: { id: string }; session: { id: string } };
    const now = Math.trunc(Date.now() / 1000);
    const HS256 = { alg: 'HS256' };
    const claims = { sub: user.id, sid: session.id, iss: 'aegisguard', aud: 'aegisguard:api', exp: now + 60 };
    const { own: stranger } = await registered();
    const strangerId = (
      (await (await stranger.send('GET', '/auth/me')).json()) as typeof answer & { user: { id: string } }
    ).user.id;
    const refused = {
      'another secret': jwt(HS256, claims, 'another-secret-0123456789-0123456789-'),
      'alg none': `${base64({ alg: 'none' })}.${base64(claims)}.`,
      'alg none with a signature': jwt({ alg: 'none' }, claims),
      'another algorithm': jwt({ alg: 'HS512' }, claims, JWT_SECRET, 'sha512'),
      expired: jwt(HS256, { ...claims, exp: now - 1 }),
      'without an end': jwt(HS256, { ...claims, exp: undefined }),
      'another issuer': jwt(HS256, { ...claims, iss: 'someone' }),
      'another audience': jwt(HS256, { ...claims, aud: 'aegisguard:mfa' }),
      'another person’s session': jwt(HS256, { ...claims, sub: strangerId }),
      'an unknown session': jwt(HS256, { ...claims, sid: randomUUID() }),
      'an unknown key': jwt({ ...HS256, kid: 'unknown' }, claims),
    };
    expect(await Object.assign(own, { accessToken: jwt(HS256, claims) }).meStatus()).toBe(200);
    for (const [what, accessToken] of Object.entries(refused)) {
      expect(await Object.assign(own, { accessToken }).meStatus(), what).toBe(401);
    }
  });
});

describe('logins', () => {
  it('are locked after ten failures from an address, with the right password too, and whether or not there is an account', async () => {
    const { email } = await registered();
    const answers: Record<string, unknown[]> = {};
    for (const address of [email, 'nobody-at-all@example.com']) {
      const guesser = browser();
      for (let guess = 0; guess < 10; guess += 1) {
        expect((await guesser.enter('/auth/login', { email: address, password: 'wrong' })).status).toBe(401);
      }
      const locked = await guesser.send('POST', '/auth/login', { body: { email: address, password: PASSWORD } });
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
      answers[address] = [locked.status, { ...((await locked.json()) as object), requestId: '' }];
    }
    expect(answers[email]).toEqual(answers['nobody-at-all@example.com']);
    expect(answers[email]?.[0]).toBe(429);
    expect((await login(email)).status).toBe(200);
  });

  it('fail in the same way, and in the same time, for an account and for none', async () => {
    // More accounts and addresses than one, so that no limit is met.
    const emails: string[] = [];
    while (emails.length < 9) {
      emails.push((await registered()).email);
    }
    const times = { known: [] as number[], unknown: [] as number[] };
    const attempt = async (kind: 'known' | 'unknown') => {
      const round = times[kind].length;
      const email = kind === 'known' ? (emails[round % emails.length] ?? '') : `${randomUUID()}@example.com`;
      const guesser = browser();
      const start = performance.now();
      const { status, answer } = await guesser.enter('/auth/login', { email, password: 'wrong' });
      times[kind].push(performance.now() - start);
      return { status, answer: { ...answer, requestId: '' } };
    };
    // The lower quartile: what else the machine does makes some answers later and none earlier, so that it is steadier than the median and shows the same difference.
    const typical = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.trunc(values.length / 4)] ?? 0;
    const difference = () => Math.abs(typical(times.known) / typical(times.unknown) - 1);
    // In how many pairs the known one took longer. Where there is no difference it is the toss of a coin, whatever else the machine does: the surplus, in standard deviations, is hardly ever 3.
    const longer = () => times.known.filter((ms, pair) => ms > (times.unknown[pair] ?? 0)).length;
    const surplus = () => Math.abs(2 * longer() - times.known.length) / Math.sqrt(times.known.length);
    await Promise.all([attempt('known'), attempt('unknown')]);
    // In turns, each first as often as the other. A machine that is busy with something else needs more rounds for the same certainty; a real difference does not go away by them.
    do {
      for (let pair = 0; pair < 20; pair += 1) {
        const order = pair % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
        const answers = [await attempt(order[0]), await attempt(order[1])];
        expect(answers[0]).toEqual(answers[1]);
        expect(answers[0]?.status).toBe(401);
      }
    } while (difference() >= 0.05 && times.known.length < 240);
    const figures = `${typical(times.known).toFixed(1)} / ${typical(times.unknown).toFixed(1)} ms`;
    const pairs = `longer in ${longer()} of ${times.known.length}`;
    process.stdout.write(`login known / unknown: lower quartiles ${figures}, ${pairs}\n`);
    expect(difference() < 0.05 || surplus() < 3, `${figures}, ${pairs}`).toBe(true);
  });
});
