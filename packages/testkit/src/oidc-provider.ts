import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Account, Configuration, Provider } from 'oidc-provider';
import { freePort } from './free-port.ts';
import { walkLogin } from './walk-login.ts';

/** Somebody whom the provider knows. */
export interface OidcAccount {
  /** Who it is, for good: the claim `sub`. */
  readonly sub: string;
  readonly password: string;
  readonly email: string;
  /** True by default. */
  readonly emailVerified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

/** A program that may have people log in. */
export interface OidcClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
}

/** What a provider knows. `accounts` is read at each login, so that a test may change it. */
export interface OidcProviderOptions {
  readonly clients: readonly OidcClient[];
  readonly accounts: readonly OidcAccount[];
}

/** A provider of the tests' own. */
export interface TestOidcProvider {
  /** Its discovery document is at `<issuer>/.well-known/openid-configuration`. */
  readonly issuer: string;
  /** Does what a person does in a browser from an authorization URL on: the form, the password. The URL that the browser is sent back to, with code or error; nobody has called it yet. */
  signIn(authorizationUrl: URL | string, account: Pick<OidcAccount, 'email' | 'password'>): Promise<URL>;
  stop(): Promise<void>;
}

const LOGIN_PATH = '/login/';
/** Longer than any test. */
const TTL_SECONDS = 3600;

/**
 * Starts a real OpenID provider (https://github.com/panva/node-oidc-provider, certified) on a free port of the loopback, over HTTP and in this process: authorization code flow, PKCE demanded, claims in
 * the id token and from userinfo by the scopes `email`, `profile` and `groups`. Its login page has the fields `email` and `password`; consent is given for everything.
 */
export async function startOidcProvider(options: OidcProviderOptions): Promise<TestOidcProvider> {
  // Loaded here, so that the many tests without a provider do not wait for it.
  const { Provider } = await import('oidc-provider');
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, configurationOf(options));
  const byProtocol = provider.callback();
  const server = createServer((request, response) => {
    const isLogin = request.url?.startsWith(LOGIN_PATH) === true;
    const handled = isLogin ? answerLogin(provider, options, request, response) : byProtocol(request, response);
    Promise.resolve(handled).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    signIn: (authorizationUrl, { email, password }) =>
      walkLogin(new URL(authorizationUrl), new URLSearchParams({ email, password })),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function configurationOf({ clients, accounts }: OidcProviderOptions): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: clients.map(({ id, secret, redirectUris }) => ({
      client_id: id,
      client_secret: secret,
      redirect_uris: [...redirectUris],
    })),
    findAccount: (_context, sub) => accountOf(accounts.find((account) => account.sub === sub)),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'], groups: ['groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kty: 'RSA', alg: 'RS256', use: 'sig', kid: 'test' }] },
    ttl: {
      AccessToken: TTL_SECONDS,
      AuthorizationCode: TTL_SECONDS,
      Grant: TTL_SECONDS,
      IdToken: TTL_SECONDS,
      Interaction: TTL_SECONDS,
      Session: TTL_SECONDS,
    },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `${LOGIN_PATH}${interaction.uid}` },
    // What the client asks for is granted, without a question.
    loadExistingGrant: async (context) => {
      const { client, params, provider, session } = context.oidc;
      const grant = new provider.Grant({
        clientId: client?.clientId ?? '',
        ...(session?.accountId === undefined ? {} : { accountId: session.accountId }),
      });
      grant.addOIDCScope(String(params?.scope ?? ''));
      await grant.save();
      return grant;
    },
  };
}

function accountOf(account: OidcAccount | undefined): Account | undefined {
  if (account === undefined) return undefined;
  const { email, emailVerified = true, groups, name, sub } = account;
  return {
    accountId: sub,
    claims: () => ({
      sub,
      email,
      email_verified: emailVerified,
      ...(name === undefined ? {} : { name }),
      ...(groups === undefined ? {} : { groups: [...groups] }),
    }),
  };
}

async function answerLogin(
  provider: Provider,
  { accounts }: OidcProviderOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(loginPage(''));
    return;
  }
  const form = new URLSearchParams((await request.toArray()).join(''));
  const account = accounts.find(
    ({ email, password }) => email === form.get('email') && password === form.get('password'),
  );
  if (account === undefined) {
    response
      .writeHead(401, { 'content-type': 'text/html; charset=utf-8' })
      .end(loginPage('Unknown e-mail or password'));
    return;
  }
  await provider.interactionFinished(request, response, { login: { accountId: account.sub } });
}

function loginPage(problem: string): string {
  return `<!doctype html><html lang="en"><title>Test provider</title><h1>Test provider</h1><p role="alert">${problem}</p>
<form method="post"><label>E-mail <input name="email" type="email"></label>
<label>Password <input name="password" type="password"></label><button>Log in</button></form></html>`;
}
