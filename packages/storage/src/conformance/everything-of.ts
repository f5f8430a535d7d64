import { NO_TRACE_SAMPLING, type OrgId } from '@aegisguard/model';
import type { MetricsUnderTest } from './metrics-under-test.ts';
import { atMs, insertMetrics, labelsOf, nativeHistogram } from './metrics-under-test.ts';
import { insertRum, rumBatch } from './rum-under-test.ts';
import { eventBatch, insertEvents } from './security-event-under-test.ts';
import { insertSpans, spanBatch } from './span-under-test.ts';
import { at, insert, type StorageUnderTest, testBatch } from './storage-under-test.ts';

/** What suites over all signals need. */
export type StoreUnderTest = StorageUnderTest & MetricsUnderTest;

/** Stores something of the organization in every table but those of rollups and of days summed up, which `rollUp` fills, and of settled windows of spans, which `settleWindows` does. What expires by its time of receipt came just now. */
export async function insertEverything(store: StoreUnderTest, orgId: OrgId, word = 'word'): Promise<void> {
  await insert(store, orgId, testBatch([{ message: word }, { message: `${word} again` }]));
  await insertSpans(store, orgId, spanBatch([{ name: word }]));
  await insertRum(store, orgId, rumBatch([{ name: word }]));
  await insertEvents(store, orgId, eventBatch([{ message: word }]));
  const [labels, ofHistogram] = [labelsOf('requests', { word }), labelsOf('seconds', { word })];
  const nowMs = Date.now();
  await insertMetrics(store, orgId, {
    receivedAtMs: nowMs,
    samples: [
      { labels, timestampMs: atMs(1), value: 1 },
      { labels, timestampMs: atMs(2), value: 2 },
    ],
    histograms: [{ labels: ofHistogram, timestampMs: atMs(1), histogram: nativeHistogram({ count: 1, sum: 1 }) }],
    exemplars: [{ labels, timestampMs: atMs(1), value: 1, exemplar: [['trace_id', word]] }],
    metadata: [{ metric: 'requests', type: 'counter', unit: '', help: word }],
  });
  const { ingestCounts, scrubCounts, traceSampling } = store.driver();
  // All of them are kept; that the day was sampled is written down.
  const date = new Date(Number(at(0) / 1_000_000n)).toISOString().slice(0, 10);
  await traceSampling.sample(orgId, date, { ...NO_TRACE_SAMPLING, percent: 100 });
  const kind = { orgId, minuteMs: Math.floor(nowMs / 60_000) * 60_000, signal: 'logs' as const };
  await ingestCounts.addIngestCounts([
    { ...kind, protocol: 'native', keyId: 'key', outcome: 'accepted', requests: 1, records: 2, bytes: 20 },
  ]);
  await scrubCounts.addScrubCounts([{ ...kind, detector: 'email', strategy: 'mask', place: word, count: 1 }]);
}
