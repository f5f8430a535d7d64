import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeLimits } from '../conformance/limits-conformance.ts';
import { LOGIN_THROTTLE, ONCE_MS } from '../driver.ts';
import { openMemoryLimits } from './memory.ts';

describeLimits('memory', async () => openMemoryLimits());

it('never lets more through than the bucket and what flowed in meanwhile', async () => {
  const gaps = fc.array(fc.nat(5000), { minLength: 1, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(gaps, fc.integer({ min: 1, max: 300 }), async (waits, perMinute) => {
      let nowMs = 1_000_000;
      const { limiter } = openMemoryLimits({ nowMs: () => nowMs });
      const allowedAt: number[] = [];
      for (const wait of waits) {
        nowMs += wait;
        if ((await limiter.take('key', perMinute)).allowed) {
          allowedAt.push(nowMs);
        }
      }
      for (const [from, start] of allowedAt.entries()) {
        for (const [to, end] of allowedAt.entries()) {
          if (to >= from) {
            expect(to - from + 1).toBeLessThanOrEqual(perMinute + ((end - start) * perMinute) / 60_000 + 1e-6);
          }
        }
      }
    }),
  );
});

it('says when the next token comes, and it does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), async (perMinute) => {
      let nowMs = 0;
      const { limiter } = openMemoryLimits({ nowMs: () => nowMs });
      let verdict = await limiter.take('key', perMinute);
      while (verdict.allowed) {
        verdict = await limiter.take('key', perMinute);
      }
      nowMs += verdict.retryAfterSeconds * 1000;
      expect((await limiter.take('key', perMinute)).allowed).toBe(true);
    }),
  );
});

it('a block ends with its window', async () => {
  let nowMs = 5;
  const { throttle } = openMemoryLimits({ nowMs: () => nowMs });
  for (let attempt = 0; attempt < LOGIN_THROTTLE.attemptsMax; attempt += 1) {
    await throttle.attempt('key');
  }
  nowMs += LOGIN_THROTTLE.windowMs - 1;
  expect(await throttle.attempt('key')).toEqual({ blocked: true, retryAfterSeconds: 1, beganLock: true });
  nowMs += 1;
  expect(await throttle.attempt('key')).toEqual({ blocked: false, retryAfterSeconds: 0, beganLock: false });
});

it('locks last 15, 30, 60 … minutes up to a day, and are forgotten after two days without one', async () => {
  let nowMs = 1_000_000;
  const { throttle } = openMemoryLimits({ nowMs: () => nowMs });
  const policy = { attemptsMax: 3, windowMs: 15 * 60_000, lockMsMax: 24 * 3_600_000 };
  const lock = async () => {
    let verdict = await throttle.attempt('key', policy);
    while (!verdict.blocked) {
      verdict = await throttle.attempt('key', policy);
    }
    nowMs += verdict.retryAfterSeconds * 1000;
    return verdict.retryAfterSeconds / 60;
  };
  const minutes = [];
  while (minutes.length < 9) {
    minutes.push(await lock());
  }
  expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
  nowMs += 2 * policy.lockMsMax;
  expect(await lock()).toBe(15);
});

it('what happened once is remembered for as long as it is said, then forgotten', async () => {
  let nowMs = 7;
  const { once } = openMemoryLimits({ nowMs: () => nowMs });
  expect(await once.pass('name')).toBe(true);
  nowMs += ONCE_MS;
  expect(await once.pass('name')).toBe(false);
  nowMs += ONCE_MS;
  await once.pass('other');
  nowMs += ONCE_MS;
  await once.pass('another');
  expect(await once.pass('name')).toBe(true);
});

it('a flood of addresses takes bounded memory', async () => {
  // Garbage would be counted otherwise.
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const { limiter } = openMemoryLimits({ nowMs: () => 0 });
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let address = 0; address < 400_000; address += 1) {
    await limiter.take(`ip:${address}`, 1000);
  }
  collectGarbage();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 ** 2);
  expect((await limiter.take('ip:399999', 1000)).remaining).toBe(998);
});
