import type { MetricBatch, MetricSeries } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atMs, labelsOf, metricBatch } from '../../conformance/metrics-under-test.ts';
import { newOrg } from '../../conformance/storage-under-test.ts';
import { SERIES_ROW_MS, SeriesMemory, type TimeSpan, weekOf } from './series-memory.ts';
import { eachSpan } from './series-spans.ts';

const org = newOrg();
/** Days around midnight between Sunday and Monday, in minutes. */
const minutes = fc.array(fc.integer({ min: -3_000, max: 3_000 }), { minLength: 1, maxLength: 30 });
const monday = Date.UTC(2026, 10, 23);

function batchOf(times: readonly number[]): MetricBatch {
  const labels = labelsOf('m');
  return metricBatch({ samples: times.map((minute) => ({ labels, timestampMs: monday + minute * 60_000, value: 1 })) });
}

/** One series of an organization, as batches share it. */
function seriesUnderTest(): MetricSeries {
  return { id: 1n, metricId: 2n, labels: labelsOf('m') };
}

/** The rows that have to be written for a batch of the series. */
function rowsFor(memory: SeriesMemory, series: MetricSeries, times: readonly number[], again = false): TimeSpan[] {
  const rows: TimeSpan[] = [];
  eachSpan(batchOf(times), (_index, firstMs, lastMs) => {
    const row = memory.see(org, series, firstMs, lastMs, again);
    if (row !== undefined) {
      rows.push({ firstMs: row.firstMs, lastMs: row.lastMs });
    }
  });
  return rows;
}

describe('series that were seen', () => {
  it('have for every sample a row of its week that begins before and ends at most ten minutes before it', () => {
    fc.assert(
      fc.property(fc.array(minutes, { maxLength: 8 }), (batches) => {
        const [memory, series] = [new SeriesMemory(20), seriesUnderTest()];
        const rows: TimeSpan[] = [];
        for (const times of batches) {
          rows.push(...rowsFor(memory, series, times));
          for (const timeMs of times.map((minute) => monday + minute * 60_000)) {
            const isCovered = rows.some(
              ({ firstMs, lastMs }) =>
                firstMs <= timeMs && timeMs <= lastMs + SERIES_ROW_MS && weekOf(lastMs) === weekOf(timeMs),
            );
            expect(isCovered).toBe(true);
          }
        }
      }),
    );
  });

  it('have a row of one week each, which tells of nothing but an hour more than their samples', () => {
    fc.assert(
      fc.property(minutes, (times) => {
        const rows = rowsFor(new SeriesMemory(20), seriesUnderTest(), times);
        expect(rows).toHaveLength(new Set(times.map((minute) => weekOf(monday + minute * 60_000))).size);
        for (const { firstMs, lastMs } of rows) {
          const inWeek = times.map((minute) => monday + minute * 60_000).filter((at) => weekOf(at) === weekOf(lastMs));
          expect(weekOf(firstMs)).toBe(weekOf(lastMs));
          expect(lastMs).toBe(Math.max(...inWeek));
          expect(firstMs).toBe(Math.floor(Math.min(...inWeek) / 3_600_000) * 3_600_000);
        }
      }),
    );
  });

  it('are news once, and again when they come from before', () => {
    const [memory, series] = [new SeriesMemory(20), seriesUnderTest()];
    const isNews = (seconds: number) => memory.see(org, series, atMs(seconds), atMs(seconds)) !== undefined;
    expect([0, 5, 600, -1, -3_600, 601, 1_201].map(isNews)).toEqual([true, false, false, true, false, true, false]);
  });

  it('have a row of their own in each organization and memory, whoever shares the series between them', () => {
    const seen = fc.record({
      of: fc.constantFrom(org, newOrg()),
      by: fc.nat(1),
      minute: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 30 }), (all) => {
        const shared = seriesUnderTest();
        // The same again where nothing is shared: what a series brings along must make no difference.
        const [sharing, apart] = [0, 1].map(() => [new SeriesMemory(9), new SeriesMemory(9)] as const);
        for (const { of, by, minute } of all) {
          const atTime = monday + minute * 60_000;
          const row = sharing?.[by]?.see(of, shared, atTime, atTime);
          expect({ ...row, token: undefined }).toEqual({
            ...apart?.[by]?.see(of, seriesUnderTest(), atTime, atTime),
            token: undefined,
          });
        }
      }),
    );
  });

  it('are news to all after the memory was told to forget', () => {
    const [memory, series] = [new SeriesMemory(20), seriesUnderTest()];
    expect(rowsFor(memory, series, [1])).toHaveLength(1);
    expect(rowsFor(memory, series, [1])).toHaveLength(0);
    expect(rowsFor(memory, series, [1], true)).toHaveLength(1);
    memory.forget();
    expect(rowsFor(memory, series, [1])).toHaveLength(1);
  });
});
