import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Limits, LOGIN_THROTTLE } from '../driver.ts';

/** What every driver of `Limits` must do; each runs it on its own engine. The passing of time is tested where a driver's clock can be set. */
export function describeLimits(name: string, open: () => Promise<Limits>): void {
  describe(`limits: ${name}`, () => {
    let limits: Limits;
    const freshKey = () => `test:${randomUUID()}`;

    beforeAll(async () => {
      limits = await open();
    });

    afterAll(async () => {
      await limits.close();
    });

    it('a bucket gives its minute’s worth at once, then refuses', async () => {
      const key = freshKey();
      const verdicts = [];
      for (let request = 0; request < 4; request += 1) {
        verdicts.push(await limits.limiter.take(key, 3));
      }
      expect(verdicts.map(({ allowed, remaining, limit }) => [allowed, remaining, limit])).toEqual([
        [true, 2, 3],
        [true, 1, 3],
        [true, 0, 3],
        [false, 0, 3],
      ]);
      expect(verdicts[3]?.retryAfterSeconds).toBeGreaterThan(0);
      expect(verdicts[3]?.retryAfterSeconds).toBeLessThanOrEqual(20);
      expect(verdicts[3]?.resetSeconds).toBeLessThanOrEqual(60);
      expect(verdicts[0]?.retryAfterSeconds).toBe(0);
    });

    it('together many callers get no more than the bucket holds', async () => {
      const key = freshKey();
      const verdicts = await Promise.all(Array.from({ length: 50 }, () => limits.limiter.take(key, 10)));
      expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10);
    });

    it('keys do not share a bucket', async () => {
      const [a, b] = [freshKey(), freshKey()];
      expect((await limits.limiter.take(a, 1)).allowed).toBe(true);
      expect((await limits.limiter.take(a, 1)).allowed).toBe(false);
      expect((await limits.limiter.take(b, 1)).allowed).toBe(true);
    });

    it.each([0, -1])('a rate of %d is no limit', async (rate) => {
      const key = freshKey();
      for (let request = 0; request < 5; request += 1) {
        expect(await limits.limiter.take(key, rate)).toMatchObject({ allowed: true, limit: 0 });
      }
    });

    it('refills as time goes', async () => {
      const key = freshKey();
      // No more at once than a busy server answers in time.
      await Promise.all(Array.from({ length: 600 }, () => limits.limiter.take(key, 600)));
      await expect.poll(async () => (await limits.limiter.take(key, 600)).allowed).toBe(true);
    });

    it('a key is blocked after so many attempts, until it is cleared', async () => {
      const [key, other] = [freshKey(), freshKey()];
      for (let attempt = 1; attempt <= LOGIN_THROTTLE.attemptsMax; attempt += 1) {
        expect(await limits.throttle.attempt(key)).toEqual({ blocked: false, retryAfterSeconds: 0, beganLock: false });
      }
      const verdict = await limits.throttle.attempt(key);
      expect(verdict).toMatchObject({ blocked: true, beganLock: true });
      expect(await limits.throttle.attempt(key)).toMatchObject({ blocked: true, beganLock: false });
      expect(verdict.retryAfterSeconds).toBeGreaterThan(800);
      expect(verdict.retryAfterSeconds).toBeLessThanOrEqual(900);
      expect((await limits.throttle.attempt(other)).blocked).toBe(false);
      await limits.throttle.clear(key);
      expect((await limits.throttle.attempt(key)).blocked).toBe(false);
    });

    it('many attempts at once are no more than one after the other', async () => {
      const key = freshKey();
      const verdicts = await Promise.all(Array.from({ length: 50 }, () => limits.throttle.attempt(key)));
      expect(verdicts.filter(({ blocked }) => !blocked)).toHaveLength(LOGIN_THROTTLE.attemptsMax);
      expect(verdicts.filter(({ beganLock }) => beganLock)).toHaveLength(1);
    });

    it('each further lock is twice as long, up to a bound, until a success', async () => {
      const key = freshKey();
      // What went before is forgotten after twice the longest lock: not while a slow machine makes the next attempt.
      const lockSeconds = async (lockMsMax = 60_000) => {
        const began = await vi.waitUntil(
          async () => {
            const verdict = await limits.throttle.attempt(key, { attemptsMax: 1, windowMs: 260, lockMsMax });
            return verdict.beganLock ? verdict : undefined;
          },
          { timeout: 20_000, interval: 3 },
        );
        return began.retryAfterSeconds;
      };
      // 260, 520, 1040 ms, and of 2080 ms no more than 1040.
      const locks = [await lockSeconds(), await lockSeconds(), await lockSeconds(), await lockSeconds(1040)];
      expect(locks).toEqual([1, 1, 2, 2]);
      await limits.throttle.clear(key);
      expect(await lockSeconds()).toBe(1);
    });

    it('an attempt can be taken back, a lock cannot', async () => {
      const key = freshKey();
      const policy = { attemptsMax: 2, windowMs: 60_000 };
      for (let success = 0; success < 5; success += 1) {
        expect((await limits.throttle.attempt(key, policy)).blocked).toBe(false);
        await limits.throttle.forgive(key);
      }
      await limits.throttle.forgive(key);
      const verdicts = [];
      for (let failure = 0; failure < 4; failure += 1) {
        verdicts.push((await limits.throttle.attempt(key, policy)).blocked);
        await (failure === 2 ? limits.throttle.forgive(key) : undefined);
      }
      expect(verdicts).toEqual([false, false, true, true]);
    });

    it('what may happen once does, however many ask at once', async () => {
      const [name, other] = [freshKey(), freshKey()];
      const passed = await Promise.all(Array.from({ length: 20 }, () => limits.once.pass(name)));
      expect(passed.filter(Boolean)).toHaveLength(1);
      expect(await limits.once.pass(name)).toBe(false);
      expect(await limits.once.pass(other)).toBe(true);
    });

    it('answers a ping', async () => {
      await expect(limits.ping()).resolves.toBeUndefined();
    });
  });
}
