import { describe } from 'vitest';
import { ingestCountCases } from './ingest-count-cases.ts';
import { metricDeltaCases } from './metric-delta-cases.ts';
import { metricRoundTripCases } from './metric-round-trip-cases.ts';
import { metricSelectionCases } from './metric-selection-cases.ts';
import { metricUsageCases } from './metric-usage-cases.ts';
import type { MetricsUnderTest } from './metrics-under-test.ts';
import { scrubCountCases } from './scrub-count-cases.ts';

/** What every `StorageDriver` must do with metrics, and with counts of what came in and what was found in it. */
export function describeMetrics(name: string, store: MetricsUnderTest): void {
  describe(`metrics: ${name}`, () => {
    // Before the others, whose hours it would have to roll up, too.
    metricUsageCases(store);
    metricRoundTripCases(store);
    metricSelectionCases(store);
    metricDeltaCases(store);
    ingestCountCases(store);
    scrubCountCases(store);
  });
}
