import type { MetricBatch } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atMs, labelsOf, metricBatch } from '../../conformance/metrics-under-test.ts';
import { newOrg } from '../../conformance/storage-under-test.ts';
import { SERIES_ROW_MS, SeriesMemory, type TimeSpan, weekOf } from './series-memory.ts';
import { seenSpans } from './series-spans.ts';

const org = newOrg();
/** Days around midnight between Sunday and Monday, in minutes. */
const minutes = fc.array(fc.integer({ min: -3_000, max: 3_000 }), { minLength: 1, maxLength: 30 });
const monday = Date.UTC(2026, 10, 23);

function batchOf(times: readonly number[]): MetricBatch {
  const labels = labelsOf('m');
  return metricBatch({ samples: times.map((minute) => ({ labels, timestampMs: monday + minute * 60_000, value: 1 })) });
}

describe('series that were seen', () => {
  it('have for every sample a row of its week that begins before and ends at most ten minutes before it', () => {
    fc.assert(
      fc.property(fc.array(minutes, { maxLength: 8 }), (batches) => {
        const memory = new SeriesMemory(20);
        const rows: TimeSpan[] = [];
        for (const times of batches) {
          const seen = seenSpans(batchOf(times)).map((span) => memory.see(org, 1n, span));
          rows.push(...seen.filter(({ isNews }) => isNews).map(({ span }) => span));
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
        const memory = new SeriesMemory(20);
        const rows = seenSpans(batchOf(times)).map((span) => memory.see(org, 1n, span).span);
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
    const memory = new SeriesMemory(20);
    const isNews = (seconds: number) => memory.see(org, 1n, { firstMs: atMs(seconds), lastMs: atMs(seconds) }).isNews;
    expect([0, 5, 600, -1, -3_600, 601, 1_201].map(isNews)).toEqual([true, false, false, true, false, true, false]);
  });
});
