import { expect, it } from 'vitest';
import { SsoFields, ssoFields, ssoSettings } from './sso-fields.ts';

const PROVIDER = {
  id: 'p',
  createdAt: '2026-11-26T00:00:00.000Z',
  updatedAt: '2026-11-26T00:00:00.000Z',
  name: 'Example',
  issuer: 'https://login.example.com',
  clientId: 'aegis',
  scopes: ['openid', 'email', 'groups'],
  groupsClaim: 'groups',
  roleMapping: [{ group: 'ops', role: 'admin' }],
  defaultRole: null,
  provision: false,
  enabled: true,
};

it('writes what it has read, and leaves the secret as it is', () => {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...settings } = PROVIDER;
  expect(ssoSettings(ssoFields(PROVIDER))).toEqual(settings);
});

it('sends a secret that was typed, and takes scopes with whatever stands between them', () => {
  const settings = ssoSettings({
    ...ssoFields(PROVIDER),
    clientSecret: 'new',
    scopes: ' openid,  email\nprofile ',
    defaultRole: 'viewer',
  });
  expect(settings).toMatchObject({
    clientSecret: 'new',
    scopes: ['openid', 'email', 'profile'],
    defaultRole: 'viewer',
  });
});

it('says beside the scopes that one of them cannot be', () => {
  const parsed = SsoFields.safeParse({ ...ssoFields(PROVIDER), scopes: 'openid "email"' });
  expect(parsed.error?.issues.map(({ path }) => path)).toEqual([['scopes']]);
});
