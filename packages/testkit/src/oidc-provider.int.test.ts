import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomPKCECodeVerifier,
} from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOidcProvider, type TestOidcProvider } from './oidc-provider.ts';

const CLIENT = { id: 'aegis', secret: 'a-secret-of-the-client-0123456789', redirectUris: ['http://127.0.0.1:9999/cb'] };
const ADA = { sub: 'u-1', email: 'ada@example.com', password: 'engine', name: 'Ada', groups: ['admins', 'dev'] };
const BOB = { sub: 'u-2', email: 'bob@example.com', password: 'b', emailVerified: false };

let provider: TestOidcProvider;
let config: Configuration;

beforeAll(async () => {
  provider = await startOidcProvider({ clients: [CLIENT], accounts: [ADA, BOB] });
  config = await discovery(new URL(provider.issuer), CLIENT.id, CLIENT.secret, undefined, {
    execute: [allowInsecureRequests],
  });
});
afterAll(() => provider.stop());

async function begin(scope: string) {
  const verifier = randomPKCECodeVerifier();
  const url = buildAuthorizationUrl(config, {
    redirect_uri: CLIENT.redirectUris[0] ?? '',
    scope,
    state: 's',
    nonce: 'n',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { url, checks: { pkceCodeVerifier: verifier, expectedState: 's', expectedNonce: 'n' } };
}

it('is found by its issuer', () => {
  expect(config.serverMetadata()).toMatchObject({
    issuer: provider.issuer,
    code_challenge_methods_supported: ['S256'],
  });
});

it('has a person log in and tells who it was', async () => {
  const { url, checks } = await begin('openid email profile groups');
  const callback = await provider.signIn(url, ADA);
  const tokens = await authorizationCodeGrant(config, callback, checks);
  const claims = { sub: 'u-1', email: 'ada@example.com', email_verified: true, name: 'Ada', groups: ['admins', 'dev'] };
  expect(tokens.claims()).toMatchObject({ iss: provider.issuer, aud: CLIENT.id, nonce: 'n', ...claims });
  expect(await fetchUserInfo(config, tokens.access_token, 'u-1')).toMatchObject(claims);
});

it('says when an address is not verified', async () => {
  const { url, checks } = await begin('openid email');
  const tokens = await authorizationCodeGrant(config, await provider.signIn(url, BOB), checks);
  expect(tokens.claims()).toMatchObject({ email: 'bob@example.com', email_verified: false });
});

it('wants the right password, the code’s verifier, and PKCE at all', async () => {
  const { url, checks } = await begin('openid');
  await expect(provider.signIn(url, { ...ADA, password: 'wrong' })).rejects.toThrow('401');
  const callback = await provider.signIn(url, ADA);
  const wrong = { ...checks, pkceCodeVerifier: randomPKCECodeVerifier() };
  await expect(authorizationCodeGrant(config, callback, wrong)).rejects.toMatchObject({ error: 'invalid_grant' });
  url.searchParams.delete('code_challenge');
  url.searchParams.delete('code_challenge_method');
  expect((await provider.signIn(url, ADA)).searchParams.get('error')).toBe('invalid_request');
});
