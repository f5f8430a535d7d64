import type { OrgId } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { insertEverything, type StoreUnderTest } from './everything-of.ts';
import { readAllSamples } from './metrics-under-test.ts';
import { ALL_TIME, at, insert, newOrg, patient, readAll, testBatch } from './storage-under-test.ts';

const DAY = '2026-11-20';
/** When the hours and days of what came just now are over. */
const LATER_MS = Date.now() + 2 * 86_400_000;

/** Organizations that go, and go alone. */
export function erasureCases(store: StoreUnderTest): void {
  const { driver } = store;

  async function rowsOf(orgId: OrgId): Promise<Record<string, number>> {
    const footprint = await driver().erasure.footprint(orgId);
    return Object.fromEntries(footprint.map(({ table, rows }) => [table, rows]));
  }

  /** What readers say of an organization. */
  async function answersOf(orgId: OrgId) {
    const { logs, metrics } = driver();
    const query = { ...ALL_TIME, matchers: [], lineFilters: [], origin: at(0), bucket: 60_000_000_000n };
    const counted = await logs.countLogs(orgId, { ...query, edges: '[)', by: [], of: 'logs' }, patient());
    return {
      logs: (await readAll(store, orgId)).map(({ message }) => message),
      counts: counted.series.flatMap(({ counts }) => counts),
      samples: (await readAllSamples(store, orgId)).length,
      metadata: (await metrics.readMetadata(orgId, { limit: 1000 }, patient())).metadata.length,
      usage: await driver().readDailyUsage(orgId, DAY, DAY),
    };
  }

  describe('erases an organization', () => {
    it('from every table, and no row of another one', async () => {
      const [mine, theirs] = [newOrg(), newOrg()];
      await insertEverything(store, mine);
      await insertEverything(store, theirs);
      while ((await driver().metrics.rollUp(LATER_MS)) > 0) {
        // Other cases' hours may come first.
      }
      while ((await driver().services.settleWindows(LATER_MS)) > 0) {
        // As above.
      }
      const before = await driver().erasure.footprint(mine);
      const theirRows = await rowsOf(theirs);
      const theirAnswers = await answersOf(theirs);
      expect(before.filter(({ rows }) => rows === 0).map(({ table }) => table)).toEqual([]);
      expect(before.every(({ bytes, rows }) => bytes >= rows)).toBe(true);
      expect(theirAnswers).toMatchObject({ logs: ['word', 'word again'], counts: [2], samples: 2, metadata: 1 });
      const erased = await Promise.all(before.map(({ table }) => driver().erasure.erase(mine, table)));
      expect(erased).toEqual(before.map(({ rows }) => rows));
      const after = await driver().erasure.footprint(mine);
      expect(after).toEqual(before.map(({ table }) => ({ table, rows: 0, bytes: 0 })));
      expect(await answersOf(mine)).toEqual({ logs: [], counts: [], samples: 0, metadata: 0, usage: [] });
      expect(await rowsOf(theirs)).toEqual(theirRows);
      expect(await answersOf(theirs)).toEqual(theirAnswers);
    });

    it('again, when there is nothing or something came in since, and from several callers at once', async () => {
      const org = newOrg();
      expect(await driver().erasure.erase(org, 'logs')).toBe(0);
      for (const messages of [['one'], ['two', 'three']]) {
        await insert(store, org, testBatch(messages.map((message) => ({ message }))));
        await Promise.all([driver().erasure.erase(org, 'logs'), driver().erasure.erase(org, 'logs')]);
        expect(await rowsOf(org)).toMatchObject({ logs: 0 });
      }
    });

    it('from no table that it does not know', async () => {
      for (const table of ['schema_migrations', 'log_usage_view', 'logs WHERE 1', '']) {
        await expect(driver().erasure.erase(newOrg(), table)).rejects.toMatchObject({ code: 'internal' });
      }
    });
  });
}
