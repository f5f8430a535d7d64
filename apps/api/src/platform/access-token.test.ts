import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { ACCESS_TOKEN_SECONDS, AccessTokens, claimedSession, isForgery } from './access-token.ts';

const SECRET = Buffer.from('a jwt secret with at least 32 bytes in it');
const NOW = 1_795_000_000_000;
const tokens = new AccessTokens([SECRET], () => NOW);
const CLAIMS = { userId: 'user-1', sessionId: 'session-1' };
const REFUSED = expect.objectContaining({ code: 'unauthorized' });

const forged = (alg: string, secret: Uint8Array, change: (jwt: SignJWT) => SignJWT = (jwt) => jwt) =>
  change(
    new SignJWT({ sid: 'session-1' })
      .setProtectedHeader({ alg })
      .setSubject('user-1')
      .setIssuer('aegisguard')
      .setAudience('aegisguard:api')
      .setExpirationTime(NOW / 1000 + 60),
  ).sign(secret);

it('verifies what it signed', async () => {
  expect(await tokens.verify(await tokens.sign(CLAIMS))).toEqual(CLAIMS);
  expect(await tokens.verify(await forged('HS256', SECRET))).toEqual(CLAIMS);
});

it('refuses an expired token', async () => {
  const token = await tokens.sign(CLAIMS);
  const later = (seconds: number) => new AccessTokens([SECRET], () => NOW + seconds * 1000);
  expect(await later(ACCESS_TOKEN_SECONDS - 1).verify(token)).toEqual(CLAIMS);
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
        new UnsecuredJWT({ sub: 'user-1', sid: 'session-1' })
          .setIssuer('aegisguard')
          .setAudience('aegisguard:api')
          .setExpirationTime('1h')
          .encode(),
      ),
  ],
  [
    'no session',
    () =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('user-1')
        .setIssuer('aegisguard')
        .setAudience('aegisguard:api')
        .setExpirationTime(NOW / 1000 + 60)
        .sign(SECRET),
  ],
  ['nonsense', () => Promise.resolve('a.b.c')],
  ['nothing', () => Promise.resolve('')],
])('refuses %s', async (_, token) => {
  await expect(tokens.verify(await token())).rejects.toEqual(REFUSED);
});

it('takes tokens of a former secret as long as it is named', async () => {
  const NEXT = Buffer.from('c jwt secret with at least 32 bytes in it');
  const token = await tokens.sign(CLAIMS);
  expect(await new AccessTokens([NEXT, SECRET], () => NOW).verify(token)).toEqual(CLAIMS);
  await expect(new AccessTokens([NEXT], () => NOW).verify(token)).rejects.toEqual(REFUSED);
  // Signed with the former one, but claiming to be of no particular key.
  await expect(new AccessTokens([NEXT, SECRET], () => NOW).verify(await forged('HS256', SECRET))).rejects.toEqual(
    REFUSED,
  );
});

it('remembers a verified token only as long as it is good, and a refused one not at all', async () => {
  let nowMs = NOW;
  const own = new AccessTokens([SECRET], () => nowMs);
  const token = await own.sign(CLAIMS);
  expect(await own.verify(token)).toEqual(CLAIMS);
  nowMs += ACCESS_TOKEN_SECONDS * 1000 - 1;
  expect(await own.verify(token)).toEqual(CLAIMS);
  nowMs += 1;
  await expect(own.verify(token)).rejects.toEqual(REFUSED);
  await expect(own.verify(token)).rejects.toEqual(REFUSED);
  const tampered = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
  await expect(own.verify(tampered)).rejects.toEqual(REFUSED);
  await expect(own.verify(tampered)).rejects.toEqual(REFUSED);
});

it('knows a forgery from an old token', async () => {
  const refusal = (token: string) => tokens.verify(token).catch((error: unknown) => error);
  const other = Buffer.from('d jwt secret with at least 32 bytes in it');
  const forgery = await forged('HS256', other);
  expect(isForgery(await refusal(forgery))).toBe(true);
  expect(claimedSession(forgery)).toBe('session-1');
  expect(isForgery(await refusal(await forged('HS512', Buffer.concat([SECRET, SECRET]))))).toBe(true);
  expect(isForgery(await refusal(await forged('HS256', SECRET, (jwt) => jwt.setExpirationTime(1))))).toBe(false);
  expect(isForgery(await refusal(await new AccessTokens([other], () => NOW).sign(CLAIMS)))).toBe(false);
  expect(isForgery(await refusal('a.b.c'))).toBe(false);
  expect(claimedSession('a.b.c')).toBeUndefined();
});
