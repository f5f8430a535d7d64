import { type OrgId, parseOrgId, type QueryBounds, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricsAggregate, MetricsPipeline } from '../syntax/ast/trace-query.ts';
import { arbitraryOwnField, arbitraryPipeline } from '../testing/arbitrary-pipeline.ts';
import { arbitrarySpans, SECOND, START } from '../testing/arbitrary-spans.ts';
import { MemorySpanReader } from '../testing/memory-span-reader.ts';
import { evaluateMetrics } from './evaluate-metrics.ts';
import { labelText, type MetricsSeries } from './metrics-series.ts';

const ORG: OrgId = parseOrgId('00000000-0000-4000-8000-000000000001');
const bounds: QueryBounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
const at = { from: 0, to: 0 };

const by = fc.array(arbitraryOwnField, { maxLength: 2 });
const aggregate: fc.Arbitrary<MetricsAggregate> = fc.oneof(
  fc.record({ kind: fc.constantFrom('rate' as const, 'count_over_time' as const), by, at: fc.constant(at) }),
  fc.record({
    kind: fc.constantFrom(
      'min_over_time' as const,
      'max_over_time' as const,
      'avg_over_time' as const,
      'sum_over_time' as const,
      'histogram_over_time' as const,
    ),
    of: arbitraryOwnField,
    by,
    at: fc.constant(at),
  }),
  fc.record({
    kind: fc.constant('quantile_over_time' as const),
    of: arbitraryOwnField,
    quantiles: fc.constantFrom([0.5], [0.9, 0.1]),
    by,
    at: fc.constant(at),
  }),
);
const arbitraryMetrics: fc.Arbitrary<MetricsPipeline> = fc.record({
  kind: fc.constant('metrics' as const),
  spansets: arbitraryPipeline,
  aggregate,
  stages: fc.constant([]),
  at: fc.constant(at),
});

function told(series: readonly MetricsSeries[]): [string, (number | string)[]][] {
  return series.map(({ labels, values }) => [
    labels.map((label) => `${label.name}=${typeof label.value} ${labelText(label)}`).join(','),
    [...values].map((value) => (Number.isNaN(value) ? 'none' : Number(value.toPrecision(10)))),
  ]);
}

describe('evaluateMetrics', () => {
  it('answers alike whether the store measures or spans are looked at one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitrarySpans,
        arbitraryMetrics,
        fc.integer({ min: 0, max: 3 }),
        async (spans, query, exemplars) => {
          const quest = { query, start: START, end: unixNanos(START + 55n * SECOND), step: 20n * SECOND, exemplars };
          const scanning = await evaluateMetrics(new MemorySpanReader(spans, { scansOnly: true }), ORG, quest, bounds);
          const counting = await evaluateMetrics(new MemorySpanReader(spans), ORG, quest, bounds);
          expect(told(counting.series)).toEqual(told(scanning.series));
          for (const { exemplars: shown } of [...counting.series, ...scanning.series]) {
            expect(shown.length).toBeLessThanOrEqual(exemplars);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});
