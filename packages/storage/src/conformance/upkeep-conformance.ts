import { describe } from 'vitest';
import { erasureCases } from './erasure-cases.ts';
import type { StoreUnderTest } from './everything-of.ts';
import { retentionCases } from './retention-cases.ts';
import { traceSamplingCases } from './trace-sampling-cases.ts';

/** What every `StorageDriver` must do over all signals: forget an organization, and keep nothing for longer than is set. */
export function describeUpkeep(name: string, store: StoreUnderTest): void {
  describe(`upkeep: ${name}`, () => {
    erasureCases(store);
    retentionCases(store);
    traceSamplingCases(store);
  });
}
