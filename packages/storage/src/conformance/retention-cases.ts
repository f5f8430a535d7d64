import type { OrgId, StoredRetention } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import type { StoreUnderTest } from './everything-of.ts';
import { labelsOf, metricBatch } from './metrics-under-test.ts';
import { newBatchId, newOrg, testBatch } from './storage-under-test.ts';

const DAY_MS = 86_400_000;

/** What is kept for how long. Ages count from the driver's clock, for the engine drops what has expired by it. */
export function retentionCases(store: StoreUnderTest): void {
  const { driver } = store;
  const nowMs = Math.floor(Date.now() / 1000) * 1000;

  async function insertLog(orgId: OrgId, ageDays: number, retentionDays: number): Promise<void> {
    const timestamp = BigInt(nowMs - ageDays * DAY_MS) * 1_000_000n;
    const { batchId, records } = testBatch([{ message: `${ageDays}/${retentionDays}` }]);
    const aged = records.map((record) => ({ ...record, timestamp: timestamp as typeof record.timestamp }));
    const batch = { batchId, receivedAtMs: nowMs, retentionDays };
    await driver().logs.insert([store.encoder.encode(orgId, batch, aged)]);
  }

  async function tableOf(orgId: OrgId, table: string): Promise<StoredRetention | undefined> {
    return (await driver().retention.read(orgId)).find((read) => read.table === table);
  }

  const band = (days: number, ...agesInDays: readonly number[]) => {
    const newestMs = nowMs - Math.min(...agesInDays) * DAY_MS;
    const oldestMs = nowMs - Math.max(...agesInDays) * DAY_MS;
    return { days, rows: agesInDays.length, oldestMs, newestMs, expiresAtMs: newestMs + days * DAY_MS };
  };

  describe('retention', () => {
    it('is read from the rows: a changed setting holds for new ones', async () => {
      const [org, other] = [newOrg(), newOrg()];
      expect(await tableOf(org, 'logs')).toEqual({
        signal: 'logs',
        table: 'logs',
        rows: 0,
        oldestMs: null,
        newestMs: null,
        bands: [],
        daysMin: 0,
        dropDelayDaysMax: 2,
      });
      await insertLog(org, 20, 30);
      await insertLog(org, 1, 30);
      await insertLog(org, 0, 7);
      await insertLog(other, 2, 90);
      expect(await tableOf(org, 'logs')).toMatchObject({
        rows: 3,
        oldestMs: nowMs - 20 * DAY_MS,
        newestMs: nowMs,
        bands: [band(7, 0), band(30, 20, 1)],
      });
      expect(await tableOf(org, 'spans')).toMatchObject({ signal: 'traces', rows: 0 });
    });

    it('that is shortened deletes what is too old now, at once, and of this organization only', async () => {
      const [org, other] = [newOrg(), newOrg()];
      for (const orgId of [org, other]) {
        await insertLog(orgId, 20, 30);
        await insertLog(orgId, 6.9, 30);
        await insertLog(orgId, 2, 3);
      }
      const shortened = {
        signal: 'logs',
        days: 7,
        tables: [{ table: 'logs', rowsDeleted: 1, rowsUnderShorter: 1 }],
      };
      expect(await driver().retention.shorten(org, 'logs', 7)).toEqual(shortened);
      expect(await tableOf(org, 'logs')).toMatchObject({ bands: [band(3, 2), band(30, 6.9)] });
      expect(await tableOf(other, 'logs')).toMatchObject({ bands: [band(3, 2), band(30, 20, 6.9)] });
      // Again, and longer: nothing goes, nothing comes back.
      for (const days of [7, 400]) {
        const { tables } = await driver().retention.shorten(org, 'logs', days);
        expect(tables).toEqual([{ table: 'logs', rowsDeleted: 0, rowsUnderShorter: days === 7 ? 1 : 2 }]);
      }
    });

    it('that a rule gives some logs outlasts a shorter setting', async () => {
      const org = newOrg();
      const timestamp = BigInt(nowMs - 20 * DAY_MS) * 1_000_000n;
      const { batchId, records } = testBatch([{ message: 'usual' }, { message: 'audit', retentionDays: 365 }]);
      const aged = records.map((record) => ({ ...record, timestamp: timestamp as typeof record.timestamp }));
      const batch = { batchId, receivedAtMs: nowMs, retentionDays: 30 };
      await driver().logs.insert([store.encoder.encode(org, batch, aged)]);
      expect(await tableOf(org, 'logs')).toMatchObject({ bands: [band(30, 20), band(365, 20)] });
      const { tables } = await driver().retention.shorten(org, 'logs', 7, [365]);
      expect(tables).toEqual([{ table: 'logs', rowsDeleted: 1, rowsUnderShorter: 0 }]);
      expect(await tableOf(org, 'logs')).toMatchObject({ bands: [band(365, 20)] });
      await driver().retention.shorten(org, 'logs', 7);
      expect(await tableOf(org, 'logs')).toMatchObject({ bands: [] });
    });

    it('of metrics is that of each table: names of series outlast their samples', async () => {
      const org = newOrg();
      const encoder = store.newEncoder();
      const samples = [3, 1].map((ageDays) => ({
        labels: labelsOf('requests'),
        timestampMs: nowMs - ageDays * DAY_MS,
        value: 1,
      }));
      const batch = { batchId: newBatchId(), receivedAtMs: nowMs, retentionDays: 30 };
      await driver().metrics.insert([encoder.encode(org, batch, metricBatch({ samples }), false)]);
      const { tables } = await driver().retention.shorten(org, 'metrics', 2);
      const deleted = Object.fromEntries(tables.map(({ table, rowsDeleted }) => [table, rowsDeleted]));
      expect(deleted).toMatchObject({ metric_samples: 1, metric_series_weeks: 0, metric_rollups_1h: 0 });
      expect(await tableOf(org, 'metric_samples')).toMatchObject({ bands: [band(30, 1)] });
      expect(await tableOf(org, 'metric_series_weeks')).toMatchObject({ daysMin: 365, bands: [{ days: 365 }] });
    });

    it('takes whole days only', async () => {
      for (const days of [0, -1, 1.5, Number.NaN, 65_536]) {
        await expect(driver().retention.shorten(newOrg(), 'logs', days)).rejects.toMatchObject({ code: 'internal' });
      }
    });
  });
}
