import { describe, expect, it } from 'vitest';
import { atMs, insertMetrics, labelsOf, type MetricsUnderTest, YESTERDAY_MS } from './metrics-under-test.ts';
import { newBatchId, newOrg } from './storage-under-test.ts';

const DAY_MS = 86_400_000;
const [YESTERDAY = '', TODAY = ''] = [YESTERDAY_MS, YESTERDAY_MS + DAY_MS].map((ms) =>
  new Date(ms).toISOString().slice(0, 10),
);

/** What samples count for. */
export function metricUsageCases(store: MetricsUnderTest): void {
  describe('counts usage of metrics', () => {
    it('per organization and day of receipt, once for each batch', async () => {
      const [org, other] = [newOrg(), newOrg()];
      const samples = [0, 1, 2].map((n) => ({ labels: labelsOf('m'), timestampMs: atMs(n), value: n }));
      const batch = {
        batchId: newBatchId(),
        samples,
        deltas: [{ labels: labelsOf('d'), timestampMs: atMs(0), value: 1 }],
      };
      await insertMetrics(store, org, batch, { samples });
      await insertMetrics(store, org, batch);
      await insertMetrics(store, org, { samples, receivedAtMs: YESTERDAY_MS + DAY_MS });
      await insertMetrics(store, other, { samples: samples.slice(1) });
      const usage = () => store.driver().readDailyUsage(org, YESTERDAY, TODAY);
      const expected = [
        { date: YESTERDAY, metricsCount: 7, logsCount: 0 },
        { date: TODAY, metricsCount: 3, logsCount: 0 },
      ];
      expect(await usage()).toMatchObject(expected);
      await store.driver().metrics.rollUp(YESTERDAY_MS + 2 * DAY_MS);
      await insertMetrics(store, org, batch);
      expect(await usage()).toMatchObject(expected);
      expect(await store.driver().readDailyUsage(other, YESTERDAY, YESTERDAY)).toMatchObject([{ metricsCount: 2 }]);
    });
  });
}
