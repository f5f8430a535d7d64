import { describe, expect, it } from 'vitest';
import {
  ALL_TIME,
  at,
  insert,
  newBatchId,
  newOrg,
  patient,
  readAll,
  type StorageUnderTest,
  shareOf,
  testBatch,
} from './storage-under-test.ts';

/** What happens around an insert: redelivery, bounds, migrations. */
export function redeliveryCases(store: StorageUnderTest): void {
  describe('after a redelivery', () => {
    it('tells exactly which records of a batch are stored', async () => {
      const org = newOrg();
      const batch = testBatch(
        Array.from({ length: 1000 }, (_, n) => ({ timestamp: at(n % 60), service: `s${n % 9}` })),
      );
      const part = { ...batch, records: batch.records.filter(({ index }) => index % 3 === 0) };
      const others = Array.from({ length: 20 }, (_, n) => testBatch([{ timestamp: at(n) }]));
      await insert(store, org, part, ...others);
      const stored = await store.driver().logs.storedIndexes(org, batch.batchId);
      expect(stored).toEqual(new Set(part.records.map(({ index }) => index)));
      const rest = { ...batch, records: batch.records.filter(({ index }) => !stored.has(index)) };
      await insert(store, org, rest);
      expect((await store.driver().logs.storedIndexes(org, batch.batchId)).size).toBe(1000);
      expect(await readAll(store, org)).toHaveLength(1020);
    });

    it('finds a batch among many, however its logs are spread over days', async () => {
      const org = newOrg();
      // Every insert leaves a part a day.
      const batches = Array.from({ length: shareOf(store, 15) }, (_, n) =>
        testBatch(Array.from({ length: 8 }, (_, day) => ({ timestamp: at((day - 4) * 20_000 + n) }))),
      );
      for (const batch of batches) {
        await insert(store, org, batch);
      }
      await store.settle?.();
      for (const { batchId } of batches) {
        expect((await store.driver().logs.storedIndexes(org, batchId)).size).toBe(8);
      }
      expect(await store.driver().logs.storedIndexes(org, newBatchId())).toEqual(new Set());
    });
  });

  describe('within bounds', () => {
    const search = { ...ALL_TIME, matchers: [], lineFilters: [], limit: 10, direction: 'forward' as const };
    const count = {
      ...ALL_TIME,
      matchers: [],
      lineFilters: [],
      origin: at(0),
      bucket: 1n,
      edges: '[)' as const,
      by: [],
      of: 'logs' as const,
    };

    it('a query whose client is gone is `query-cancelled`', async () => {
      const bounds = { signal: AbortSignal.abort(), timeoutMs: 1000 };
      await expect(store.driver().logs.searchLogs(newOrg(), search, bounds)).rejects.toMatchObject({
        code: 'query-cancelled',
      });
      await expect(store.driver().logs.countLogs(newOrg(), count, bounds)).rejects.toMatchObject({
        code: 'query-cancelled',
      });
    });

    it('a query without time is `query-timeout`', async () => {
      const bounds = { signal: new AbortController().signal, timeoutMs: 0 };
      await expect(store.driver().logs.searchLogs(newOrg(), search, bounds)).rejects.toMatchObject({
        code: 'query-timeout',
      });
      await expect(store.driver().logs.countLogs(newOrg(), count, bounds)).rejects.toMatchObject({
        code: 'query-timeout',
      });
    });

    it('many queries at once are all answered, and inserts among them', async () => {
      const org = newOrg();
      const batch = testBatch(Array.from({ length: 200 }, (_, n) => ({ timestamp: at(n) })));
      await insert(store, org, batch);
      const queries = Array.from({ length: 40 }, () => store.driver().logs.searchLogs(org, search, patient()));
      const inserts = Array.from({ length: 3 }, () => insert(store, org, testBatch([{ timestamp: at(500) }])));
      const pages = await Promise.all(queries);
      await Promise.all(inserts);
      expect(new Set(pages.map(({ logs }) => logs.length))).toEqual(new Set([10]));
      expect(await readAll(store, org)).toHaveLength(203);
    });
  });

  describe('its schema', () => {
    it('is brought up to date again and again, also at the same time, without a change', async () => {
      const org = newOrg();
      await insert(store, org, testBatch([{}, {}]));
      await store.driver().migrate();
      await Promise.all(Array.from({ length: 4 }, () => store.driver().migrate()));
      expect(await readAll(store, org)).toHaveLength(2);
      expect(await store.driver().readDailyUsage(org, '2026-11-20', '2026-11-20')).toMatchObject([{ logsCount: 2 }]);
      await store.driver().ping();
    });
  });
}
