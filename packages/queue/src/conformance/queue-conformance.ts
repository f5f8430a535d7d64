import { afterEach, beforeEach, describe, it, type TestContext } from 'vitest';
import { deliveryCases } from './delivery-cases.ts';
import { fairnessCases } from './fairness-cases.ts';
import { forgetLaneCases } from './forget-lane-cases.ts';
import { laneStatsCases } from './lane-stats-cases.ts';
import { letterAndReceiptCases } from './letter-and-receipt-cases.ts';
import type { QueueHarness, QueueUnderTest } from './queue-under-test.ts';
import { stateCases } from './state-cases.ts';

const CASES = [
  ...deliveryCases,
  ...fairnessCases,
  ...laneStatsCases,
  ...forgetLaneCases,
  ...stateCases,
  ...letterAndReceiptCases,
];

/** The suite that every queue driver passes. Gaps are skipped with their reason. */
export function queueConformance(driver: QueueUnderTest): void {
  describe(`queue conformance: ${driver.name}`, () => {
    let harness: QueueHarness | undefined;
    beforeEach(async () => {
      harness = driver.unavailable === undefined ? await driver.open() : undefined;
    });
    afterEach(async () => {
      await harness?.dispose();
    });
    for (const { title, needs, run } of CASES) {
      it(title, async (context: TestContext) => {
        const reason = driver.unavailable ?? (needs && driver.gaps[needs]);
        if (harness === undefined || reason !== undefined) {
          context.skip(reason);
          return;
        }
        await run(harness);
      });
    }
  });
}
