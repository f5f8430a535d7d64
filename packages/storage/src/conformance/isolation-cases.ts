import { describe, expect, it } from 'vitest';
import {
  ALL_TIME,
  at,
  encodeBatch,
  insert,
  newBatchId,
  newOrg,
  patient,
  readAll,
  type StorageUnderTest,
  storedLogs,
  testBatch,
} from './storage-under-test.ts';

const DAY = '2026-11-20';

/** Every read names an organization and sees nothing of another. */
export function isolationCases(store: StorageUnderTest): void {
  describe('keeps organizations apart', () => {
    it('in every read, though they send the same batch id at the same time', async () => {
      const [mine, theirs] = [newOrg(), newOrg()];
      const batchId = newBatchId();
      const mineBatch = testBatch([{ message: 'mine', attributes: { key: 'value' } }], batchId);
      const theirBatch = testBatch(
        [{ message: 'theirs' }, { message: 'theirs too', attributes: { key: 'value' } }],
        batchId,
      );
      await store
        .driver()
        .logs.insert([encodeBatch(store.encoder, mine, mineBatch), encodeBatch(store.encoder, theirs, theirBatch)]);
      const { logs } = store.driver();
      expect(await readAll(store, mine)).toStrictEqual(storedLogs(mineBatch));
      const selection = { ...ALL_TIME, matchers: [{ name: 'key', op: '=' as const, value: 'value' }], lineFilters: [] };
      const found = await logs.searchLogs(mine, { ...selection, limit: 10, direction: 'backward' }, patient());
      expect(found.logs.map(({ message }) => message)).toEqual(['mine']);
      for (const by of [[], ['service'], ['key']]) {
        const query = { ...ALL_TIME, matchers: [], lineFilters: [], origin: at(0), bucket: 60_000_000_000n, by };
        const { series } = await logs.countLogs(mine, { ...query, edges: '[)', of: 'logs' }, patient());
        expect(series.flatMap(({ counts }) => counts)).toEqual([1]);
      }
      expect(await logs.storedIndexes(mine, batchId)).toEqual(new Set([0]));
      expect(await logs.storedIndexes(theirs, batchId)).toEqual(new Set([0, 1]));
      expect(await store.driver().readDailyUsage(mine, DAY, DAY)).toMatchObject([{ date: DAY, logsCount: 1 }]);
      expect(await store.driver().readDailyUsage(theirs, DAY, DAY)).toMatchObject([{ date: DAY, logsCount: 2 }]);
    });

    it('an organization without logs has none', async () => {
      const org = newOrg();
      expect(await readAll(store, org)).toEqual([]);
      expect(await store.driver().logs.storedIndexes(org, newBatchId())).toEqual(new Set());
      expect(await store.driver().readDailyUsage(org, DAY, DAY)).toEqual([]);
    });
  });

  describe('usage', () => {
    it('counts the logs of a day and the bytes of their texts, over several inserts', async () => {
      const org = newOrg();
      await insert(store, org, testBatch([{ message: 'é', service: 'ab', severityText: '' }]));
      await insert(
        store,
        org,
        testBatch([{ message: 'm', service: 's', severityText: '', attributes: { a: { b: 'xyz' }, n: 123_456 } }]),
      );
      // é, ab — m, s, and per attribute its label, a place between, and its text.
      const bytes = 2 + 2 + (1 + 1) + ('a_b'.length + 'xyz'.length) + ('n'.length + '123456'.length);
      const [usage, ...none] = await store.driver().readDailyUsage(org, '2026-11-01', '2026-11-30');
      expect(none).toEqual([]);
      expect(usage).toMatchObject({ date: DAY, logsCount: 2 });
      expect(usage?.logsBytes).toBeGreaterThanOrEqual(bytes);
      expect(usage?.logsBytes).toBeLessThanOrEqual(bytes + 2);
    });

    it('takes dates only', async () => {
      await expect(store.driver().readDailyUsage(newOrg(), "2026-11-01' OR 1", DAY)).rejects.toMatchObject({
        code: 'invalid-request',
      });
    });
  });
}
