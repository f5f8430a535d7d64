import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-token.ts';

const SECRET = Buffer.from('a jwt secret with at least 32 bytes in it');
const NOW = 1_795_000_000_000;
const tokens = new AccessTokens(SECRET, () => NOW);
const REFUSED = expect.objectContaining({ code: 'unauthorized' });

const forged = (alg: string, secret: Uint8Array, change: (jwt: SignJWT) => SignJWT = (jwt) => jwt) =>
  change(
    new SignJWT()
      .setProtectedHeader({ alg })
      .setSubject('user-1')
      .setIssuer('aegisguard')
      .setAudience('aegisguard:api')
      .setExpirationTime(NOW / 1000 + 60),
  ).sign(secret);

it('verifies what it signed', async () => {
  expect(await tokens.verify(await tokens.sign('user-1'))).toBe('user-1');
  expect(await tokens.verify(await forged('HS256', SECRET))).toBe('user-1');
});

it('refuses an expired token', async () => {
  const token = await tokens.sign('user-1');
  const later = (seconds: number) => new AccessTokens(SECRET, () => NOW + seconds * 1000);
  expect(await later(ACCESS_TOKEN_SECONDS - 1).verify(token)).toBe('user-1');
  await expect(later(ACCESS_TOKEN_SECONDS + 1).verify(token)).rejects.toEqual(REFUSED);
});

it.each([
  ['another secret', () => forged('HS256', Buffer.from('b jwt secret with at least 32 bytes in it'))],
  ['another algorithm', () => forged('HS512', Buffer.concat([SECRET, SECRET]))],
  ['the same secret under another algorithm', () => forged('HS384', Buffer.concat([SECRET, SECRET]))],
  ['another issuer', () => forged('HS256', SECRET, (jwt) => jwt.setIssuer('someone'))],
  ['another audience', () => forged('HS256', SECRET, (jwt) => jwt.setAudience('someone'))],
  [
    'no signature',
    () =>
      Promise.resolve(
        new UnsecuredJWT({ sub: 'user-1' })
          .setIssuer('aegisguard')
          .setAudience('aegisguard:api')
          .setExpirationTime('1h')
          .encode(),
      ),
  ],
  ['nonsense', () => Promise.resolve('a.b.c')],
  ['nothing', () => Promise.resolve('')],
])('refuses %s', async (_, token) => {
  await expect(tokens.verify(await token())).rejects.toEqual(REFUSED);
});
