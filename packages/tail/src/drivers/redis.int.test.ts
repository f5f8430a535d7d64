import { randomUUID } from 'node:crypto';
import { parseOrgId } from '@aegisguard/model';
import { startRedis, whyNoRedis } from '@aegisguard/testkit';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { describeTails } from '../conformance/tail-conformance.ts';
import { openRedisTails } from './redis.ts';

const missing = whyNoRedis();
const ORG = parseOrgId('33333333-3333-4333-8333-333333333333');
const SOON = { interval: 5 };

describe.skipIf(missing !== undefined)(`Redis${missing === undefined ? '' : `: ${missing}`}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  const open = () => openRedisTails({ url: redis.url });
  /** Closed with the test, also one that fails: what is left open would be heard by the next one. */
  const openHere = async () => {
    const tails = await open();
    onTestFinished(() => tails.close());
    return tails;
  };

  beforeAll(async () => {
    redis = await startRedis();
  });

  afterAll(async () => {
    await redis.stop();
  });

  describeTails('redis', async () => {
    const [query, worker] = await Promise.all([open(), open()]);
    return { query, worker };
  });

  describeTails('redis, one process', async () => {
    const both = await open();
    return { query: both, worker: both };
  });

  it('a worker that starts later learns of the tails that there are', async () => {
    const query = await openHere();
    await query.open(ORG, 'early', () => undefined);
    const worker = await openHere();
    await expect.poll(() => worker.queriesOf(ORG), SOON).toEqual(['early']);
    await query.close();
    await expect.poll(() => worker.queriesOf(ORG), SOON).toEqual([]);
  });

  it('brings a query’s lines to every process that has a tail of it', async () => {
    const [one, two, worker] = await Promise.all([openHere(), openHere(), openHere()]);
    const got: string[] = [];
    await one.open(ORG, 'q', () => got.push('one'));
    // The second process's own query tells when the worker knows of all its tails.
    await two.open(ORG, 'q', () => got.push('two'));
    await two.open(ORG, 'of the second', () => undefined);
    await expect.poll(() => [...worker.queriesOf(ORG)].sort(), SOON).toEqual(['of the second', 'q']);
    worker.publish(ORG, [{ query: 'q', batchId: 'b', lines: [], dropped: 1 }]);
    await expect.poll(() => [...got].sort()).toEqual(['one', 'two']);
  });

  it('forgets a process that died', async () => {
    const worker = await openHere();
    const dying = createClient({ url: redis.url });
    onTestFinished(() => dying.destroy());
    await dying.connect();
    await dying.publish('tail:announcements', `${randomUUID()} ${JSON.stringify([[ORG, ['of the dead']]])}`);
    await expect.poll(() => worker.queriesOf(ORG), SOON).toEqual(['of the dead']);
    await expect.poll(() => worker.queriesOf(ORG), { interval: 50 }).toEqual([]);
  });

  it('while Redis is away nobody waits: new tails are `unavailable`; then all goes on, and what was missed is told', async () => {
    const [query, worker] = await Promise.all([openHere(), openHere()]);
    const got: number[] = [];
    await query.open(ORG, 'q', ({ dropped }) => got.push(dropped));
    await expect.poll(() => worker.queriesOf(ORG), SOON).toEqual(['q']);
    await redis.kill();
    await expect(query.open(ORG, 'other', () => undefined)).rejects.toMatchObject({ code: 'unavailable' });
    worker.publish(ORG, [{ query: 'q', batchId: 'b', lines: [{ timestamp: '1', index: 0, json: '{}' }], dropped: 2 }]);
    await redis.restart();
    const publish = () => worker.publish(ORG, [{ query: 'q', batchId: 'c', lines: [], dropped: 0 }]);
    await expect
      .poll(() => {
        publish();
        return got.reduce((sum, dropped) => sum + dropped, 0);
      })
      .toBe(3);
    expect(query.queriesOf(ORG)).toEqual(['q']);
  });
});
