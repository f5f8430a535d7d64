import { describe, expect, it } from 'vitest';
import { atMs, labelsOf, metricBatch } from '../../conformance/metrics-under-test.ts';
import { newBatchId, newOrg, RECEIVED_AT_MS } from '../../conformance/storage-under-test.ts';
import { ClickHouseMetricEncoder } from './metric-encoder.ts';
import { SERIES_ROW_MS } from './series-memory.ts';

const org = newOrg();
const metadata = [{ metric: 'm', type: 'gauge' as const, unit: '', help: '' }];

function encode(encoder: ClickHouseMetricEncoder, timestampMs: number, everySeries = false, orgId = org) {
  const metrics = metricBatch({ samples: [{ labels: labelsOf('m'), timestampMs, value: 1 }], metadata });
  const batch = { batchId: newBatchId(), receivedAtMs: RECEIVED_AT_MS, retentionDays: 30 };
  return encoder.encode(orgId, batch, metrics, everySeries).blocks;
}

describe('the metric encoder', () => {
  it('lets a series’ row go along when its sample is more than ten minutes later than the last one', () => {
    const encoder = new ClickHouseMetricEncoder();
    const times = [0, 1, SERIES_ROW_MS, SERIES_ROW_MS + 1, SERIES_ROW_MS + 2, 5, 3 * SERIES_ROW_MS];
    const went = times.map((time) => encode(encoder, RECEIVED_AT_MS + time).series !== undefined);
    expect(went).toEqual([true, false, false, true, false, false, true]);
  });

  it('does so for each organization, always when asked to, and after it was told to forget', () => {
    const encoder = new ClickHouseMetricEncoder();
    expect(encode(encoder, atMs(0)).series).toBeDefined();
    expect(encode(encoder, atMs(0), false, newOrg()).series).toBeDefined();
    expect(encode(encoder, atMs(0)).series).toBeUndefined();
    expect(encode(encoder, atMs(0)).metadata).toBeUndefined();
    expect(encode(encoder, atMs(0), true)).toMatchObject({ series: expect.anything(), metadata: expect.anything() });
    encoder.forgetSeries();
    expect(encode(encoder, atMs(0))).toMatchObject({ series: expect.anything(), metadata: expect.anything() });
  });

  it('counts no usage of what was metered already', () => {
    const metrics = metricBatch({ samples: [{ labels: labelsOf('m'), timestampMs: atMs(0), value: 1 }] });
    const batch = { batchId: newBatchId(), receivedAtMs: RECEIVED_AT_MS, retentionDays: 30 };
    const encoder = new ClickHouseMetricEncoder();
    expect(encoder.encode(org, batch, metrics, false).blocks.usage).toBeDefined();
    expect(encoder.encode(org, { ...batch, isUnmetered: true }, metrics, false).blocks.usage).toBeUndefined();
  });

  it('remembers a bounded number', () => {
    const encoder = new ClickHouseMetricEncoder(10);
    const encodeMany = () => {
      const samples = Array.from({ length: 9 }, (_, n) => ({
        labels: labelsOf('m', { n: `${n}` }),
        timestampMs: atMs(0),
        value: 1,
      }));
      const batch = { batchId: newBatchId(), receivedAtMs: RECEIVED_AT_MS, retentionDays: 30 };
      return encoder.encode(org, batch, metricBatch({ samples }), false).blocks.series;
    };
    expect(encodeMany()).toBeDefined();
    expect(encodeMany()).toBeUndefined();
    encode(encoder, atMs(0));
    expect(encodeMany()).toBeDefined();
  });

  it('counts what it holds, deltas too, and gives a batch of metadata alone no usage', () => {
    const encoder = new ClickHouseMetricEncoder();
    const sample = { labels: labelsOf('m'), timestampMs: atMs(0), value: 1 };
    const batch = { batchId: newBatchId(), receivedAtMs: RECEIVED_AT_MS, retentionDays: 30 };
    const both = encoder.encode(org, batch, metricBatch({ samples: [sample], deltas: [sample, sample] }), false);
    expect(both).toMatchObject({ rowCount: 3, deltas: { deltas: { samples: { count: 2 } } } });
    const alone = encoder.encode(org, batch, metricBatch({ metadata }), false);
    expect([alone.rowCount, Object.keys(alone.blocks), alone.deltas]).toEqual([0, ['metadata'], undefined]);
  });
});
