import { describe } from 'vitest';
import { countCases } from './count-cases.ts';
import { isolationCases } from './isolation-cases.ts';
import { overviewCases } from './overview-cases.ts';
import { paginationCases } from './pagination-cases.ts';
import { redeliveryCases } from './redelivery-cases.ts';
import { roundTripCases } from './round-trip-cases.ts';
import { rumCases } from './rum-cases.ts';
import { scanCases } from './scan-cases.ts';
import { securityEventCases } from './security-event-cases.ts';
import { selectionCases } from './selection-cases.ts';
import { serviceCases } from './service-cases.ts';
import { spanCases } from './span-cases.ts';
import { spanComparisonCases } from './span-comparison-cases.ts';
import { spanFunnelCases } from './span-funnel-cases.ts';
import { spanNameCases } from './span-name-cases.ts';
import { spanQueryCases } from './span-query-cases.ts';
import type { StorageUnderTest } from './storage-under-test.ts';
import { traceColumnsCases } from './trace-columns-cases.ts';
import { traceSearchCases } from './trace-search-cases.ts';

/** What every `StorageDriver` must do; each driver's test runs it on its own engine. */
export function describeStorage(name: string, store: StorageUnderTest): void {
  describe(`storage: ${name}`, () => {
    roundTripCases(store);
    isolationCases(store);
    selectionCases(store);
    paginationCases(store);
    countCases(store);
    scanCases(store);
    overviewCases(store);
    redeliveryCases(store);
    spanCases(store);
    traceColumnsCases(store);
    traceSearchCases(store);
    spanQueryCases(store);
    spanFunnelCases(store);
    spanComparisonCases(store);
    spanNameCases(store);
    serviceCases(store);
    rumCases(store);
    securityEventCases(store);
  });
}
