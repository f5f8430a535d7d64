import { type Accounts, openAccounts, SYSTEM_ACTOR } from '@aegisguard/accounts';
import {
  type LoginAnswer,
  type MeAnswer,
  type OrgId,
  parseOrgId,
  type SecurityEventsAnswer,
  type SsoView,
} from '@aegisguard/model';
import {
  type JoinedServer,
  joinServer,
  type OidcAccount,
  runSql,
  sharedOutput,
  signIn,
  startOidcProvider,
  TEST_SECRETS,
  type TestOidcProvider,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Single sign-on with a real provider over HTTP. Two organizations use it, each as a client of its own.

const PASSWORD = 'another fine long password';
const SECRETS = { A: 'client-secret-of-a-0123456789012345', B: 'client-secret-of-b-0123456789012345' };

let server: JoinedServer;
let accounts: Accounts;
let idp: TestOidcProvider;
let a: Place;
let b: Place;
/** Whom the provider knows; read at each login. */
const people: OidcAccount[] = [];

interface Place {
  readonly orgId: OrgId;
  readonly token: string;
  readonly slug: string;
}

beforeAll(async () => {
  server = await joinServer();
  accounts = openAccounts({ databaseUrl: server.databaseUrl, masterKey: TEST_SECRETS.masterKey });
  const redirectUris = [`${server.url}/auth/sso/callback`];
  idp = await startOidcProvider({
    clients: [
      { id: 'client-a', secret: SECRETS.A, redirectUris },
      { id: 'client-b', secret: SECRETS.B, redirectUris },
    ],
    accounts: people,
  });
  const owner = await accounts.users.create({ email: emailOfB(), name: 'B', password: PASSWORD });
  await accounts.organizations.create(SYSTEM_ACTOR, { name: 'Organization B', ownerUserId: owner.id });
  a = await placeOf((await signIn(server.url, server.adminEmail, server.adminPassword)).accessToken);
  b = await placeOf((await signIn(server.url, emailOfB(), PASSWORD)).accessToken);
  await put(a, {});
  await put(b, { clientId: 'client-b', clientSecret: SECRETS.B });
});

afterAll(async () => {
  await accounts.close();
  await idp.stop();
  await server.leave();
});

function call(token: string, method: string, path: string, body?: unknown, headers = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const emailOfB = () => `owner-of-b@${server.domain}`;

async function me(token: string): Promise<MeAnswer> {
  return (await (await call(token, 'GET', '/auth/me')).json()) as MeAnswer;
}

async function placeOf(token: string): Promise<Place> {
  const [organization] = (await me(token)).organizations;
  const { loginUrl } = (await (await call(token, 'GET', '/organization/sso')).json()) as SsoView;
  return { token, orgId: parseOrgId(organization?.id ?? ''), slug: loginUrl.split('/').at(-1) ?? '' };
}

function settings(changes: object) {
  return {
    name: 'Our provider',
    issuer: idp.issuer,
    clientId: 'client-a',
    clientSecret: SECRETS.A,
    scopes: ['openid', 'email', 'profile', 'groups'],
    roleMapping: [{ group: 'ops', role: 'admin' }],
    defaultRole: 'viewer',
    ...changes,
  };
}

async function put(place: Place, changes: object): Promise<void> {
  const answer = await call(place.token, 'PUT', '/organization/sso', settings(changes), { 'x-org-id': place.orgId });
  expect(answer.status).toBe(200);
}

/** Somebody whom the provider knows. */
function newcomer(name: string, changes: Partial<OidcAccount> = {}): OidcAccount {
  const account = { sub: `sub-${name}`, email: `${name}@${server.domain}`, password: 'engine', name, ...changes };
  people.push(account);
  return account;
}

function changeGroups(account: OidcAccount, groups: readonly string[]): void {
  people[people.findIndex(({ sub }) => sub === account.sub)] = { ...account, groups };
}

interface Begun {
  readonly url: URL;
  readonly cookie: string;
  readonly setCookie: string;
}

async function begin({ slug }: Place, next = '/logs?q=1'): Promise<Begun> {
  const path = `/auth/sso/${slug}?next=${encodeURIComponent(next)}`;
  const answer = await fetch(`${server.url}${path}`, { redirect: 'manual' });
  expect(answer.status).toBe(302);
  const [setCookie = ''] = answer.headers.getSetCookie();
  return {
    url: new URL(answer.headers.get('location') ?? '', server.url),
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
  };
}

/** Where the browser is sent when it comes back. */
async function comeBack(callback: URL, cookie: string): Promise<{ location: string; setCookies: string[] }> {
  const answer = await fetch(callback, { redirect: 'manual', headers: { cookie } });
  expect([answer.status, await answer.text()]).toEqual([302, '']);
  return { location: answer.headers.get('location') ?? '', setCookies: answer.headers.getSetCookie() };
}

async function visit(place: Place, account: OidcAccount): Promise<{ location: string; setCookies: string[] }> {
  const { url, cookie } = await begin(place);
  return comeBack(await idp.signIn(url, account), cookie);
}

/** A login that succeeds; the access token that the web application gets for its refresh cookie. */
async function enter(place: Place, account: OidcAccount): Promise<string> {
  const { location, setCookies } = await visit(place, account);
  expect(location).toBe('/logs?q=1');
  const cookie = setCookies.find((line) => line.startsWith('aegis_refresh='))?.split(';')[0] ?? '';
  const answer = await fetch(`${server.url}/auth/refresh`, { method: 'POST', headers: { cookie } });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as LoginAnswer).accessToken;
}

/** Back to the login page, without a session; the cookie of the login that is over is taken back. */
function refusal(code: string) {
  const location = `/login?sso_error=${code}`;
  return { location, setCookies: [expect.stringMatching(/^aegis_sso=;/)] };
}

async function roleIn(token: string): Promise<string | undefined> {
  return (await me(token)).organizations[0]?.role;
}

describe('setting it up', () => {
  it('shows everything but the secret', async () => {
    const text = await (await call(a.token, 'GET', '/organization/sso')).text();
    const view = JSON.parse(text) as SsoView;
    const { clientSecret: _, ...shown } = settings({});
    expect(view.provider).toMatchObject({ ...shown, provision: true, enabled: true });
    expect(view.redirectUri).toBe(`${server.url}/auth/sso/callback`);
    expect(view.loginUrl).toBe(`${server.url}/auth/sso/${a.slug}`);
    expect(text).not.toContain(SECRETS.A);
  });

  it('asks an issuer what it says of itself', async () => {
    const test = async (issuer: string) => (await call(a.token, 'POST', '/organization/sso/test', { issuer })).json();
    expect(await test(idp.issuer)).toMatchObject({
      reachable: true,
      problem: null,
      authorizationEndpoint: `${idp.issuer}/auth`,
      scopesSupported: expect.arrayContaining(['openid', 'email']),
      claimsSupported: expect.arrayContaining(['sub', 'email', 'groups']),
    });
    expect(await test(`${idp.issuer}/other`)).toMatchObject({
      reachable: true,
      problem: 'It answers, but not with a discovery document that names this issuer.',
    });
    expect(await test('http://127.0.0.1:9')).toMatchObject({ status: 400 });
    expect(await test('http://127.0.0.1:47')).toMatchObject({ reachable: false, authorizationEndpoint: null });
  });
});

describe('a first visit', () => {
  it('makes a member with the role of the group, who sees this organization alone', async () => {
    const { url, cookie, setCookie } = await begin(a);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${server.url}/auth/sso/callback`,
      scope: 'openid email profile groups',
    });
    expect(setCookie).toMatch(/; Max-Age=600; Path=\/auth\/sso; HttpOnly; SameSite=Lax$/);
    const ada = newcomer('ada', { groups: ['ops'] });
    const back = await comeBack(await idp.signIn(url, ada), cookie);
    expect(back.location).toBe('/logs?q=1');
    expect(back.setCookies.some((line) => /^aegis_sso=;.*Path=\/auth\/sso/.test(line))).toBe(true);

    const token = await enter(a, ada);
    expect(await me(token)).toMatchObject({
      user: { email: `ada@${server.domain}`, name: 'ada' },
      organizations: [{ id: a.orgId, role: 'admin' }],
      session: { methods: ['sso'], onlyOrganization: a.orgId },
    });
    expect((await call(token, 'GET', '/organization/sso')).status).toBe(200);
    expect((await call(token, 'POST', '/organizations', { name: 'Mine' })).status).toBe(403);
    expect((await call(token, 'GET', '/organization', undefined, { 'x-org-id': b.orgId })).status).toBe(403);
  });

  it('is linked for a member of several organizations, whose others stay out of sight', async () => {
    const [owner] = await runSql(server.databaseUrl, 'SELECT id FROM users WHERE email = $1', [emailOfB()]);
    await accounts.members.add(a.orgId, SYSTEM_ACTOR, String(owner?.id), 'viewer');
    const token = await enter(a, newcomer('linked', { email: emailOfB() }));
    expect((await me(token)).organizations.map(({ id }) => id)).toEqual([a.orgId]);
    expect((await call(token, 'GET', '/organization', undefined, { 'x-org-id': b.orgId })).status).toBe(403);
  });

  it('is refused for an account that is no member’s, and told as a security event', async () => {
    const stranger = await accounts.users.create({
      email: `x@${server.domain}`,
      name: 'X',
      password: 'a fine password',
    });
    expect(await visit(a, newcomer('x'))).toEqual(refusal('not-invited'));
    expect(await runSql(server.databaseUrl, 'SELECT 1 FROM sessions WHERE user_id = $1', [stranger.id])).toEqual([]);
    await vi.waitFor(async () => {
      const answer = await call(a.token, 'GET', '/events?type=auth.sso_failed');
      const { items } = (await answer.json()) as SecurityEventsAnswer;
      expect(items).toContainEqual(
        expect.objectContaining({
          actor: `x@${server.domain}`,
          target: 'Our provider',
          attributes: { reason: 'not-invited' },
        }),
      );
    }, 60_000);
  });

  it('is refused without a verified address', async () => {
    expect(await visit(a, newcomer('unverified', { emailVerified: false }))).toEqual(refusal('email-unverified'));
  });
});

it('gives the role of the groups at each login, at once', async () => {
  const grace = newcomer('grace', { groups: ['ops'] });
  const first = await enter(a, grace);
  expect(await roleIn(first)).toBe('admin');
  changeGroups(grace, []);
  const second = await enter(a, grace);
  expect([await roleIn(first), await roleIn(second)]).toEqual(['viewer', 'viewer']);
});

describe('an answer that is not the one', () => {
  let victim: OidcAccount;
  beforeAll(() => {
    victim = newcomer('victim');
  });

  /** Where a login ends whose way there or back was tampered with. */
  async function tampered(there: (url: URL) => void, back: (callback: URL) => void): Promise<string> {
    const { url, cookie } = await begin(a);
    there(url);
    const callback = await idp.signIn(url, victim);
    back(callback);
    return (await comeBack(callback, cookie)).location;
  }

  const nothing = () => undefined;
  const toSet = (name: string, value: string) => (url: URL) => url.searchParams.set(name, value);
  const toDrop = (name: string) => (url: URL) => url.searchParams.delete(name);

  it.each<[string, (url: URL) => void, (callback: URL) => void]>([
    ['of another state', nothing, toSet('state', 'x')],
    ['without a state', nothing, toDrop('state')],
    ['of another nonce', toSet('nonce', 'x'), nothing],
    ['without a nonce', toDrop('nonce'), nothing],
    ['of another code challenge', toSet('code_challenge', 'x'.repeat(43)), nothing],
    ['of another issuer', nothing, toSet('iss', 'https://login.example')],
    ['without an issuer', nothing, toDrop('iss')],
    ['with another code', nothing, toSet('code', 'x')],
    ['with two states', nothing, (url) => url.searchParams.append('state', 'x')],
    ['to another client', toSet('client_id', 'client-b'), nothing],
  ])('is refused: %s', async (_name, there, back) => {
    expect(await tampered(there, back)).toBe('/login?sso_error=invalid');
    expect(await runSql(server.databaseUrl, 'SELECT 1 FROM sso_identities WHERE subject = $1', [victim.sub])).toEqual(
      [],
    );
  });

  it('is refused when it comes again', async () => {
    const { url, cookie } = await begin(a);
    const callback = await idp.signIn(url, newcomer('again'));
    expect((await comeBack(callback, cookie)).location).toBe('/logs?q=1');
    expect((await comeBack(callback, cookie)).location).toBe('/login?sso_error=invalid');
  });

  it('is refused in another browser, and with the cookie of another login', async () => {
    const { url } = await begin(a);
    const callback = await idp.signIn(url, victim);
    expect((await comeBack(callback, '')).location).toBe('/login?sso_error=expired');
    expect((await comeBack(callback, 'aegis_sso=forged')).location).toBe('/login?sso_error=expired');
    expect((await comeBack(callback, (await begin(a)).cookie)).location).toBe('/login?sso_error=invalid');
  });

  it('of another organization’s provider does not sign in to this one', async () => {
    const toA = await begin(a);
    const toB = await begin(b);
    toB.url.searchParams.set('state', toA.url.searchParams.get('state') ?? '');
    toB.url.searchParams.set('nonce', toA.url.searchParams.get('nonce') ?? '');
    toB.url.searchParams.set('code_challenge', toA.url.searchParams.get('code_challenge') ?? '');
    const callback = await idp.signIn(toB.url, victim);
    expect((await comeBack(callback, toA.cookie)).location).toBe('/login?sso_error=invalid');
  });

  it('that is the provider’s refusal is told as one', async () => {
    const { url, cookie } = await begin(a);
    const callback = new URL(`${server.url}/auth/sso/callback`);
    const answer = { error: 'access_denied', state: url.searchParams.get('state') ?? '', iss: idp.issuer };
    callback.search = new URLSearchParams(answer).toString();
    expect((await comeBack(callback, cookie)).location).toBe('/login?sso_error=refused-by-provider');
  });
});

it('goes on to paths of the application only', async () => {
  const { url, cookie } = await begin(a, '//evil.example/x');
  const callback = await idp.signIn(url, newcomer('elsewhere'));
  expect((await comeBack(callback, cookie)).location).toBe('/');
});

it('ends with the provider: sessions too, and then it looks like one that never was', async () => {
  const token = await enter(b, newcomer('late', { groups: ['ops'] }));
  expect(await roleIn(token)).toBe('admin');
  const { cookie, url } = await begin(b);
  const callback = await idp.signIn(url, newcomer('later'));
  await put(b, { clientId: 'client-b', clientSecret: undefined, enabled: false });
  expect((await call(token, 'GET', '/auth/me')).status).toBe(401);
  expect((await comeBack(callback, cookie)).location).toBe('/login?sso_error=unknown-organization');
  const unknown = [b.slug, 'nobody', '%00', 'callback%2f'].map((slug) => begin({ ...b, slug }));
  for (const { setCookie, url: to } of await Promise.all(unknown)) {
    expect([to.href, setCookie]).toEqual([`${server.url}/login?sso_error=unknown-organization`, '']);
  }
  const remove = () => call(b.token, 'DELETE', '/organization/sso', undefined, { 'x-org-id': b.orgId });
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
});

it('tells the log neither secrets nor codes nor tokens', async () => {
  const output = await sharedOutput();
  expect(output).toContain('not-invited');
  expect(output).not.toMatch(/client-secret-of-|eyJ[\w-]+\.|[?&]code=/);
});
