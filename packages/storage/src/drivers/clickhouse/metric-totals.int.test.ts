import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setStaleMarker } from '@aegisguard/model';
import { referenceSamples } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  atMs,
  insertMetrics,
  labelsOf,
  type MetricsUnderTest,
  metricBatch,
  nativeHistogram,
  pointsOf,
  readAllSamples,
} from '../../conformance/metrics-under-test.ts';
import { newBatchId, newOrg, RECEIVED_AT_MS } from '../../conformance/storage-under-test.ts';
import type { StorageDriver } from '../../driver.ts';
import { ClickHouseMetricEncoder } from './metric-encoder.ts';
import { openClickHouse } from './open-clickhouse.ts';

let directory: string;
let driver: StorageDriver;
const store: MetricsUnderTest = {
  driver: () => driver,
  newEncoder: () => new ClickHouseMetricEncoder(),
  referenceSamples,
  naughtyStrings: undefined,
};

async function open(): Promise<void> {
  driver = await openClickHouse({ kind: 'embedded', path: directory }, { queryLanes: 1 });
  await driver.migrate();
}

/** A process that knows no totals but what is stored. */
async function reopen(): Promise<void> {
  await driver.close();
  await open();
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-totals-'));
  await open();
});

afterAll(async () => {
  await driver.close();
  rmSync(directory, { recursive: true });
});

describe('totals after a restart', () => {
  const labels = labelsOf('requests_total');
  const increment = (seconds: number, value: number) => ({
    labels,
    timestampMs: atMs(seconds),
    value,
    startMs: atMs(seconds - 10),
  });
  const histogramIncrement = (seconds: number, counts: number[]) => ({
    labels: labelsOf('latency'),
    timestampMs: atMs(seconds),
    startMs: atMs(seconds - 10),
    histogram: nativeHistogram({ sum: seconds, positive: { spans: [{ offset: 0, length: counts.length }], counts } }),
  });

  it('go on from what is stored, markers passed over, and know what came again and what is late', async () => {
    const org = newOrg();
    const first = {
      batchId: newBatchId(),
      deltas: [increment(10, 1), increment(20, 2)],
      histogramDeltas: [histogramIncrement(10, [1, 2]), histogramIncrement(20, [3])],
    };
    await insertMetrics(store, org, first);
    const marker = metricBatch({ deltas: [increment(30, 0)] });
    setStaleMarker(marker.deltas.samples.value, 0);
    const batch = { batchId: newBatchId(), receivedAtMs: RECEIVED_AT_MS, retentionDays: 20_000 };
    await driver.metrics.insert([store.newEncoder().encode(org, batch, marker, false)]);
    await reopen();
    expect(await insertMetrics(store, org, first)).toEqual({ lateDeltas: [] });
    const late = { batchId: newBatchId(), deltas: [increment(15, 7), increment(40, 4)] };
    expect(await insertMetrics(store, org, late, { histogramDeltas: [histogramIncrement(40, [1, 1])] })).toEqual({
      lateDeltas: [{ orgId: org, batchId: late.batchId, count: 1 }],
    });
    const [histograms, floats] = await readAllSamples(store, org);
    expect(pointsOf(floats)).toEqual([
      [10, 1],
      [20, 3],
      [30, Number.NaN],
      [40, 7],
    ]);
    expect([floats?.startsMs[3], histograms?.histograms[2]?.startMs]).toEqual([atMs(0), atMs(0)]);
    expect(histograms?.histograms.map(({ histogram }) => [histogram.sum, histogram.positive.counts])).toEqual([
      [10, [1, 2]],
      [30, [4, 2]],
      [70, [5, 3]],
    ]);
  });

  it('begin where the samples are cumulative already', async () => {
    const org = newOrg();
    await insertMetrics(store, org, { samples: [{ labels, timestampMs: atMs(0), value: 100, startMs: atMs(-5) }] });
    await insertMetrics(store, org, { deltas: [increment(10, 1)] });
    const [series] = await readAllSamples(store, org);
    expect(pointsOf(series)).toEqual([
      [0, 100],
      [10, 101],
    ]);
    expect([...(series?.startsMs ?? [])]).toEqual([atMs(-5), atMs(-5)]);
  });
});
