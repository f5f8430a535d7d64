import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SsoLoginProvider } from '@aegisguard/accounts';
import { parseOrgId } from '@aegisguard/model';
import { createOutgoing } from '@aegisguard/outgoing';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdentityProviders } from './identity-providers.ts';
import { ssoFailureOf } from './sso-failure.ts';

// A provider that lies: what a real one never sends must be refused. What a real one sends is test/src/sso.int.test.ts.

const CLIENT = 'aegis';
const SECRET = 'a client secret / of+32 characters:%';
const CALLBACK = 'https://aegis.example/auth/sso/callback';
const outgoing = createOutgoing({ allowPrivate: true });

let server: Server;
let issuer: string;
let key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
let jwk: object;
/** What the provider answers next. */
let metadata: Record<string, unknown>;
let idToken: string;
let userinfo: object;
const asked: { path: string; authorization: string | undefined; body: string }[] = [];

async function answerTo(request: IncomingMessage): Promise<unknown> {
  const body = (await request.toArray()).join('');
  asked.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
  switch (request.url) {
    case '/.well-known/openid-configuration':
      return metadata;
    case '/jwks':
      return { keys: [jwk] };
    case '/token':
      return { access_token: 'access', token_type: 'bearer', id_token: idToken };
    case '/userinfo':
      return userinfo;
    default:
      return undefined;
  }
}

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  server = createServer((request, response) => {
    void answerTo(request).then((answer) => {
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  metadata = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'],
  };
});

afterAll(async () => {
  server.close();
  await outgoing.close();
});

function providers(allowPrivateWebhooks = true, calls = outgoing): IdentityProviders {
  return new IdentityProviders({ config: { allowPrivateWebhooks }, outgoing: calls });
}

function provider(changes: Partial<SsoLoginProvider> = {}): SsoLoginProvider {
  return {
    id: '0190b3a0-0000-7000-8000-000000000001',
    orgId: parseOrgId('0190b3a0-0000-7000-8000-000000000002'),
    name: 'Liar',
    issuer,
    clientId: CLIENT,
    clientSecret: SECRET,
    scopes: ['email', 'groups'],
    groupsClaim: 'groups',
    roleMapping: [{ group: 'ops', role: 'admin' }],
    defaultRole: null,
    provision: true,
    enabled: true,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...changes,
  };
}

type Claims = Record<string, unknown>;
type Sign = (claims: Claims) => Promise<string> | string;

const signed: Sign = (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key);

/** A login whose id token is made by `sign`, with these claims in place of the right ones. */
async function login(sign: Sign, changes: Claims = {}, of = provider(), by = providers()): Promise<object> {
  const { url, checks } = await by.begin(of, CALLBACK);
  const now = Math.floor(Date.now() / 1000);
  const right = {
    iss: issuer,
    aud: CLIENT,
    sub: 'u-1',
    iat: now,
    exp: now + 60,
    nonce: checks.nonce,
    email: 'a@b.example',
  };
  idToken = await sign({ ...right, groups: ['ops'], ...changes });
  expect(url.searchParams.get('scope')).toBe('openid email groups');
  const callback = new URL(CALLBACK);
  callback.search = new URLSearchParams({ code: 'code', state: checks.state }).toString();
  return by.finish(of, callback, checks);
}

function failure(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'none',
    (error: unknown) => ssoFailureOf(error).code,
  );
}

describe('an id token', () => {
  it('is taken when all is right', async () => {
    expect(await login(signed)).toMatchObject({ sub: 'u-1', email: 'a@b.example', groups: ['ops'] });
  });

  it.each<[string, Sign, Claims]>([
    ['not signed', (claims) => new UnsecuredJWT(claims).encode(), {}],
    [
      'signed with the client secret',
      (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(SECRET)),
      {},
    ],
    [
      'signed with another key',
      async (claims) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', kid: 'one' })
          .sign((await generateKeyPair('ES256')).privateKey),
      {},
    ],
    ['of another issuer', signed, { iss: 'https://login.example' }],
    ['for another client', signed, { aud: 'somebody-else' }],
    ['over', signed, { exp: Math.floor(Date.now() / 1000) - 120 }],
    ['for another login', signed, { nonce: 'x' }],
    ['about nobody', signed, { sub: undefined }],
  ])('is refused when it is %s', async (_name, sign, claims) => {
    expect(await failure(login(sign, claims))).toBe('invalid');
  });
});

describe('userinfo', () => {
  it('is asked for what the id token lacks, and adds to it only', async () => {
    userinfo = { sub: 'u-1', email: 'other@b.example', groups: ['dev'] };
    expect(await login(signed, { groups: undefined })).toMatchObject({ email: 'a@b.example', groups: ['dev'] });
  });

  it('must be about the same person', async () => {
    userinfo = { sub: 'u-2', groups: ['ops'] };
    expect(await failure(login(signed, { groups: undefined }))).toBe('invalid');
  });
});

describe('a client', () => {
  async function tokenCall(changes: Partial<SsoLoginProvider>, methods?: string[]) {
    const former = metadata;
    metadata = { ...metadata, token_endpoint_auth_methods_supported: methods };
    asked.length = 0;
    await login(signed, {}, provider(changes));
    metadata = former;
    const call = asked.find(({ path }) => path === '/token');
    return { authorization: call?.authorization, body: new URLSearchParams(call?.body) };
  }

  it('proves itself as the provider wants it', async () => {
    const form = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
    const basic = `Basic ${Buffer.from(`${CLIENT}:${form(SECRET)}`).toString('base64')}`;
    expect((await tokenCall({})).authorization).toBe(basic);
    const post = await tokenCall({}, ['client_secret_post']);
    expect([post.authorization, post.body.get('client_secret')]).toEqual([undefined, SECRET]);
    const none = await tokenCall({ clientSecret: undefined });
    expect([none.authorization, none.body.get('client_secret')]).toEqual([undefined, null]);
    expect(none.body.get('code_verifier')).toMatch(/^[\w-]{43}$/);
  });

  it('asks for the discovery document once in a while, and anew after a change', async () => {
    const by = providers();
    asked.length = 0;
    for (const updatedAt of [new Date(0), new Date(0), new Date(1)]) {
      await by.begin(provider({ updatedAt }), CALLBACK);
    }
    expect(asked.map(({ path }) => path)).toEqual(Array(2).fill('/.well-known/openid-configuration'));
  });
});

describe('an issuer', () => {
  it('that says it is another one is not used', async () => {
    const former = metadata;
    metadata = { ...metadata, issuer: 'https://login.example' };
    await expect(providers().describe(issuer)).rejects.toThrow();
    expect(await failure(providers().begin(provider(), CALLBACK))).toBe('provider-unreachable');
    metadata = former;
  });

  it('on a private address, or without TLS, is not even asked unless the operator allows it', async () => {
    const guarded = createOutgoing({ allowPrivate: false });
    asked.length = 0;
    expect(await failure(providers(false, guarded).begin(provider(), CALLBACK))).toBe('provider-unreachable');
    expect(await failure(providers(true, guarded).begin(provider(), CALLBACK))).toBe('provider-unreachable');
    expect(await failure(providers(false).begin(provider(), CALLBACK))).toBe('provider-unreachable');
    expect(asked).toEqual([]);
    await guarded.close();
  });
});
