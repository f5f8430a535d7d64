import { openMemoryLimits } from '@aegisguard/limits';
import { beforeEach, describe, expect, it } from 'vitest';
import { LoginGate } from './login-gate.ts';

const MINUTE_MS = 60_000;
const EMAIL = 'ada@example.com';
const KNOWN_PLACE = '203.0.113.9';
const THROTTLED = expect.objectContaining({ code: 'login-throttled' });

let nowMs: number;
let gate: LoginGate;
let locks: number;

beforeEach(() => {
  nowMs = 1_000_000;
  locks = 0;
  gate = new LoginGate(openMemoryLimits({ nowMs: () => nowMs }));
});

const tryLogin = (email: string, ip: string) =>
  gate.admitLogin(email, ip, {
    onLock: () => {
      locks += 1;
    },
    isKnownPlace: async () => ip === KNOWN_PLACE,
  });

async function fail(times: number, email: (n: number) => string, ip: (n: number) => string): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await tryLogin(email(n), ip(n));
  }
}

describe('LoginGate', () => {
  it('lets ten logins for an account from an address through, however the account is written', async () => {
    await fail(
      10,
      (n) => (n % 2 === 0 ? EMAIL : ` ${EMAIL.toUpperCase()} `),
      () => '192.0.2.1',
    );
    await expect(tryLogin(EMAIL, '192.0.2.1')).rejects.toMatchObject({ retryAfterSeconds: 900 });
    await expect(tryLogin(EMAIL, '192.0.2.1')).rejects.toEqual(THROTTLED);
    expect(locks).toBe(1);
    await tryLogin(EMAIL, '192.0.2.2');
    nowMs += 15 * MINUTE_MS;
    await tryLogin(EMAIL, '192.0.2.1');
  });

  it('counts an IPv6 network as one address', async () => {
    await fail(
      10,
      () => EMAIL,
      (n) => `2001:db8::${n + 1}`,
    );
    await expect(tryLogin(EMAIL, '2001:db8::ffff')).rejects.toEqual(THROTTLED);
  });

  it('locks an account that is guessed from everywhere, twice as long each time, and a success ends that', async () => {
    for (const minutes of [15, 30, 60]) {
      await fail(
        50,
        () => EMAIL,
        (n) => `192.0.2.${n}`,
      );
      await expect(tryLogin(EMAIL, '198.51.100.1')).rejects.toMatchObject({ retryAfterSeconds: minutes * 60 });
      nowMs += minutes * MINUTE_MS;
    }
    await gate.loginSucceeded(EMAIL, '198.51.100.1');
    await fail(
      50,
      () => EMAIL,
      (n) => `192.0.2.${n}`,
    );
    await expect(tryLogin(EMAIL, '198.51.100.1')).rejects.toMatchObject({ retryAfterSeconds: 900 });
    await gate.unlock(EMAIL, '198.51.100.1');
    await tryLogin(EMAIL, '198.51.100.1');
  });

  it('keeps nobody out of their account where they have signed in before, and counts there all the same', async () => {
    await fail(
      50,
      () => EMAIL,
      (n) => `192.0.2.${n}`,
    );
    await expect(tryLogin(EMAIL, '198.51.100.1')).rejects.toEqual(THROTTLED);
    await fail(
      10,
      () => EMAIL,
      () => KNOWN_PLACE,
    );
    await expect(tryLogin(EMAIL, KNOWN_PLACE)).rejects.toEqual(THROTTLED);
  });

  it('does not let one address lock an account for all others', async () => {
    await fail(
      10,
      () => EMAIL,
      () => '192.0.2.1',
    );
    for (let n = 0; n < 80; n += 1) {
      await expect(tryLogin(EMAIL, '192.0.2.1')).rejects.toEqual(THROTTLED);
    }
    await tryLogin(EMAIL, '198.51.100.1');
  });

  it('lets an address try a hundred accounts, and successes do not count', async () => {
    for (let n = 0; n < 300; n += 1) {
      nowMs += 200;
      await tryLogin(`employee-${n}@example.com`, '192.0.2.1');
      await gate.loginSucceeded(`employee-${n}@example.com`, '192.0.2.1');
    }
    await fail(
      100,
      (n) => `account-${n}@example.com`,
      () => '192.0.2.1',
    );
    await expect(tryLogin(EMAIL, '192.0.2.1')).rejects.toEqual(THROTTLED);
  });

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('lets %s stand for many', async (ip) => {
    await fail(
      1000,
      (n) => `account-${n}@example.com`,
      () => ip,
    );
    await expect(tryLogin(EMAIL, ip)).rejects.toEqual(THROTTLED);
  });

  it('lets ten registrations an hour through from an address, and twenty mails, of which five to one account', async () => {
    for (let n = 0; n < 10; n += 1) {
      await gate.admitRegistration('192.0.2.1');
    }
    await expect(gate.admitRegistration('192.0.2.1')).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterSeconds: 3600,
    });
    for (let n = 0; n < 20; n += 1) {
      await gate.admitReset('192.0.2.1');
      expect(await gate.mayMail('reset', EMAIL)).toBe(n < 5);
    }
    await expect(gate.admitReset('192.0.2.1')).rejects.toMatchObject({ code: 'rate-limited' });
    expect(await gate.mayMail('new-device', EMAIL)).toBe(true);
  });

  it('lets ten proofs of a password through until one is right', async () => {
    const wrong = () => gate.proof('user-1', () => Promise.reject(new Error('wrong')));
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 9; n += 1) {
        await expect(wrong()).rejects.toThrow('wrong');
      }
      expect(await gate.proof('user-1', async () => 'right')).toBe('right');
    }
    for (let n = 0; n < 10; n += 1) {
      await expect(wrong()).rejects.toThrow('wrong');
    }
    await expect(gate.proof('user-1', async () => 'right')).rejects.toEqual(THROTTLED);
    expect(await gate.proof('user-2', async () => 'right')).toBe('right');
  });

  it('lets a network full of addresses try no more than ten addresses could', async () => {
    const one = (n: number) => `2001:db8:7:${n.toString(16)}::1`;
    await fail(1000, (n) => `account-${n}@example.com`, one);
    await expect(tryLogin(EMAIL, one(2000))).rejects.toEqual(THROTTLED);
    await tryLogin(EMAIL, '2001:db8:8::1');
  });

  it('gives one address its share of the processor, however right its passwords are', async () => {
    for (let n = 0; n < 300; n += 1) {
      await tryLogin(EMAIL, '192.0.2.1');
      await gate.loginSucceeded(EMAIL, '192.0.2.1');
    }
    await expect(tryLogin(EMAIL, '192.0.2.1')).rejects.toMatchObject({ retryAfterSeconds: 1 });
    await tryLogin(EMAIL, '192.0.3.1');
    nowMs += 1000;
    await tryLogin(EMAIL, '192.0.2.1');
  });

  it('lets one person invite three hundred an hour', async () => {
    for (let n = 0; n < 300; n += 1) {
      await gate.admitInvitation('user-1');
    }
    await expect(gate.admitInvitation('user-1')).rejects.toMatchObject({ code: 'rate-limited' });
    await gate.admitInvitation('user-2');
  });
});
