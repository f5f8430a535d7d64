import type { CDPSession, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPage } from './open-page.ts';
import { runProduct } from './run-product.ts';

// Passkeys with Chromium's own WebAuthn and a virtual authenticator (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/), without our pages: the routes are asked from a page at `localhost`.

const product = runProduct();

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;

/** A browser with an authenticator that unlocks at once, and without saying so. */
class Device {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly authenticatorId: string;

  constructor(page: Page, cdp: CDPSession, authenticatorId: string) {
    this.page = page;
    this.cdp = cdp;
    this.authenticatorId = authenticatorId;
  }

  post(path: string, body: Json, token?: string): Promise<Answer> {
    return this.ask('POST', path, body, token);
  }

  ask(method: string, path: string, body?: Json, token?: string): Promise<Answer> {
    return this.page.evaluate(
      async ([init, url]) => {
        const answer = await fetch(url, init);
        const text = await answer.text();
        return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
      },
      [
        {
          method,
          headers: {
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
        path,
      ] as const,
    );
  }

  /** What the browser makes of `navigator.credentials.create`. */
  create(options: unknown): Promise<Json> {
    return this.page.evaluate(async (json) => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
      const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
      return { ...credential.toJSON() };
    }, options as PublicKeyCredentialCreationOptionsJSON);
  }

  /** What it makes of `navigator.credentials.get`. */
  get(options: unknown): Promise<Json> {
    return this.page.evaluate(async (json) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
      const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
      return { ...credential.toJSON() };
    }, options as PublicKeyCredentialRequestOptionsJSON);
  }
}

const person = () => ({ email: product.server.adminEmail, password: product.server.adminPassword });

async function openDevice(): Promise<Device> {
  const { page } = await openPage(product.browser);
  const url = new URL('/health', product.server.url);
  url.hostname = 'localhost';
  await page.goto(url.href);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return new Device(page, cdp, authenticatorId);
}

interface Begun {
  readonly options: Json;
  readonly state: unknown;
}

async function begin(device: Device, path: string, body: Json, token?: string): Promise<Begun> {
  const { status, body: begun } = await device.post(path, body, token);
  expect(status).toBe(200);
  return { options: begun.options as Json, state: begun.state };
}

async function register(device: Device, token: string, name = 'my key'): Promise<Answer> {
  const { password } = person();
  const { options, state } = await begin(device, '/auth/passkeys/options', { password }, token);
  return device.post('/auth/passkeys', { name, state, response: await device.create(options) }, token);
}

/** Signs in without a password. */
async function signIn(device: Device, change: Json = {}): Promise<Answer> {
  const { options, state } = await begin(device, '/auth/passkeys/login/options', {});
  return device.post('/auth/passkeys/login', { state, response: await device.get({ ...options, ...change }) });
}

async function tokenOf(device: Device): Promise<string> {
  const { body } = await device.post('/auth/login', person());
  return String(body.accessToken);
}

/** Signs in by the password and a passkey. */
async function finishLogin(device: Device): Promise<Answer> {
  const half = await device.post('/auth/login', person());
  expect(half.body).toMatchObject({ mfaRequired: true, methods: ['passkey', 'recovery-code'] });
  const { mfaToken } = half.body;
  const { options, state } = await begin(device, '/auth/passkeys/login/options', { mfaToken });
  return device.post('/auth/passkeys/login', { mfaToken, state, response: await device.get(options) });
}

describe('a passkey', () => {
  let device: Device;
  let passkeyId: string;
  let token: string;

  beforeEach(async () => {
    device = await openDevice();
    token = await tokenOf(device);
    const added = await register(device, token);
    expect(added).toMatchObject({ status: 201, body: { name: 'my key', recoveryCodes: expect.any(Array) } });
    passkeyId = String(added.body.id);
    // Each test leaves the person as it found them.
    return async () => {
      const headers = { authorization: `Bearer ${token}` };
      const url = `${product.server.url}/auth/passkeys/${passkeyId}`;
      expect([204, 404]).toContain((await fetch(url, { method: 'DELETE', headers })).status);
    };
  });

  it('signs in as the second factor, and without a password', async () => {
    expect(await finishLogin(device)).toMatchObject({
      status: 200,
      body: { session: { methods: ['password', 'passkey'] }, mfaEnabled: true },
    });
    expect(await signIn(device)).toMatchObject({
      status: 200,
      body: { user: { email: person().email }, session: { methods: ['passkey'] } },
    });
    const state = await device.ask('GET', '/auth/mfa', undefined, token);
    expect(state.body).toMatchObject({
      totp: { enabled: false },
      recoveryCodesLeft: 10,
      passkeys: [{ id: passkeyId, name: 'my key', lastUsedAt: expect.any(String), synced: false }],
    });
    // The authenticator has it already, which the browser knows from the options.
    await expect(register(device, token)).rejects.toThrow(/InvalidStateError/);
  });

  it('answers each challenge once, for what it was asked', async () => {
    const { options, state } = await begin(device, '/auth/passkeys/login/options', {});
    const response = await device.get(options);
    const other = await begin(device, '/auth/passkeys/login/options', {});
    const refused = { status: 401, body: { code: 'invalid-credentials' } };
    expect(await device.post('/auth/passkeys/login', { state: other.state, response })).toMatchObject(refused);
    const { mfaToken } = (await device.post('/auth/login', person())).body;
    expect(await device.post('/auth/passkeys/login', { mfaToken, state, response })).toMatchObject(refused);
    const registration = await begin(device, '/auth/passkeys/options', { password: person().password }, token);
    expect(await device.post('/auth/passkeys/login', { state: registration.state, response })).toMatchObject(refused);
    const tampered = { ...response, response: { ...(response.response as Json), signature: 'MEUCIQ' } };
    expect(await device.post('/auth/passkeys/login', { state, response: tampered })).toMatchObject(refused);
    expect(await device.post('/auth/passkeys/login', { state, response })).toMatchObject({ status: 200 });
    expect(await device.post('/auth/passkeys/login', { state, response })).toMatchObject(refused);
  });

  it('replaces the password only when the authenticator knows its user', async () => {
    const { authenticatorId, cdp } = device;
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    expect((await signIn(device, { userVerification: 'discouraged' })).status).toBe(401);
    expect((await signIn(device, { userVerification: 'discouraged' })).body.code).toBe('invalid-credentials');
  });

  it('is refused when there turns out to be a copy of it', async () => {
    const { authenticatorId, cdp } = device;
    expect((await signIn(device)).status).toBe(200);
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    const [credential] = credentials;
    if (credential === undefined) {
      throw new Error('the authenticator has no credential');
    }
    expect((await signIn(device)).status).toBe(200);
    // The copy does not know how often the original has signed since.
    await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId });
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential });
    expect(await signIn(device)).toMatchObject({ status: 401, body: { code: 'invalid-credentials' } });
    expect((await signIn(device)).status).toBe(200);
  });

  it('is not taken with certificates, whose addresses the server would call', async () => {
    await device.ask('DELETE', `/auth/passkeys/${passkeyId}`, undefined, token);
    const { password } = person();
    const { options, state } = await begin(device, '/auth/passkeys/options', { password }, token);
    const response = await device.create({ ...options, attestation: 'direct', excludeCredentials: [] });
    const refused = await device.post('/auth/passkeys', { name: 'certified', state, response }, token);
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });

  it('no longer signs in once it is removed', async () => {
    expect((await device.ask('PATCH', `/auth/passkeys/${passkeyId}`, { name: 'old key' }, token)).status).toBe(204);
    expect((await device.ask('DELETE', `/auth/passkeys/${passkeyId}`, undefined, token)).status).toBe(204);
    const removed = await signIn(device);
    expect(removed).toMatchObject({ status: 401, body: { code: 'invalid-credentials' } });
    const unknown = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' };
    const { state } = await begin(device, '/auth/passkeys/login/options', {});
    const stranger = await device.post('/auth/passkeys/login', { state, response: unknown });
    expect({ ...stranger.body, requestId: '' }).toEqual({ ...removed.body, requestId: '' });
    // It was the last factor: the password suffices again.
    expect((await device.post('/auth/login', person())).body.accessToken).toEqual(expect.any(String));
  });

  it('cannot be planted or removed by a session from before it, nor without the password', async () => {
    const half = await device.post('/auth/passkeys/options', {}, token);
    expect(half).toMatchObject({ status: 401, body: { code: 'invalid-credentials' } });
    await device.ask('DELETE', `/auth/passkeys/${passkeyId}`, undefined, token);
    const older = await tokenOf(device);
    const again = await register(device, token, 'another');
    passkeyId = String(again.body.id);
    const planted = await device.post('/auth/passkeys/options', { password: person().password }, older);
    expect(planted).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await device.ask('DELETE', `/auth/passkeys/${passkeyId}`, undefined, older)).status).toBe(403);
  });
});
