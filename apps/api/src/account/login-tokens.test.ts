import { expect, it } from 'vitest';
import { AccessTokens } from '../platform/access-token.ts';
import { SigningKeys } from '../platform/signing-keys.ts';
import { MfaTokens } from './mfa-tokens.ts';
import { PasskeyStates } from './passkey-states.ts';

// What is handed out between the steps of a login: each good for its own step alone, and not for long.

const SECRETS: [Uint8Array] = [Buffer.from('a jwt secret with at least 32 bytes in it')];
const NOW = 1_795_000_000_000;
const REFUSED = expect.objectContaining({ code: 'unauthorized' });
const keysAt = (nowMs: number) => new SigningKeys(SECRETS, () => nowMs);
const access = new AccessTokens(SECRETS, () => NOW);
const halfLogins = new MfaTokens(keysAt(NOW));
const states = new PasskeyStates(keysAt(NOW));
const STATE = { purpose: 'second-factor', userId: 'user-1', challenge: 'challenge' } as const;

it('a half login is its person’s, for five minutes', async () => {
  const token = await halfLogins.sign({ userId: 'user-1', method: 'password' });
  const half = await halfLogins.verify(token);
  expect(half).toEqual({ userId: 'user-1', method: 'password', id: expect.stringMatching(/^[\w-]{22}$/) });
  expect((await halfLogins.verify(await halfLogins.sign(half))).id).not.toBe(half.id);
  expect(await new MfaTokens(keysAt(NOW + 299_000)).verify(token)).toEqual(half);
  await expect(new MfaTokens(keysAt(NOW + 301_000)).verify(token)).rejects.toEqual(REFUSED);
});

it('no token is good for what another is for', async () => {
  const half = await halfLogins.sign({ userId: 'user-1', method: 'password' });
  const state = await states.sign(STATE);
  const full = await access.sign({ userId: 'user-1', sessionId: 'session-1' });
  await expect(access.verify(half)).rejects.toEqual(REFUSED);
  await expect(access.verify(state)).rejects.toEqual(REFUSED);
  await expect(halfLogins.verify(full)).rejects.toEqual(REFUSED);
  await expect(halfLogins.verify(state)).rejects.toEqual(REFUSED);
  await expect(halfLogins.verify('a.b.c')).rejects.toEqual(REFUSED);
  expect(await states.verify(half, 'second-factor', 'user-1')).toBeUndefined();
  expect(await states.verify(full, 'second-factor', 'user-1')).toBeUndefined();
});

it('a ceremony is for its purpose and its person, for five minutes', async () => {
  const text = await states.sign(STATE);
  expect(await states.verify(text, 'second-factor', 'user-1')).toEqual(STATE);
  expect(await states.verify(text, 'second-factor', 'user-2')).toBeUndefined();
  expect(await states.verify(text, 'second-factor', null)).toBeUndefined();
  expect(await states.verify(text, 'add', 'user-1')).toBeUndefined();
  expect(await states.verify(text, 'login', 'user-1')).toBeUndefined();
  expect(await states.verify(`${text}x`, 'second-factor', 'user-1')).toBeUndefined();
  expect(await new PasskeyStates(keysAt(NOW + 301_000)).verify(text, 'second-factor', 'user-1')).toBeUndefined();
});
