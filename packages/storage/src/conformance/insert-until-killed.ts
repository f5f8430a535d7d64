import { once } from 'node:events';
import process from 'node:process';
import { parseOrgId } from '@aegisguard/model';
import { openClickHouse } from '../drivers/clickhouse/open-clickhouse.ts';
import { logEncoder, rumEncoder, spanEncoder } from '../encoder.ts';
import { insertRum, rumBatch } from './rum-under-test.ts';
import { CRASH_TRACE_ID, insertSpans, spanBatch } from './span-under-test.ts';
import { at, encodeBatch, newBatchId, testBatch } from './storage-under-test.ts';

// A program for `crash.int.test.ts`: node insert-until-killed.ts <directory> <organization>. It inserts until it is killed, and says the id of every batch once its insert is through.

const [directory = '', organization = ''] = process.argv.slice(2);
const org = parseOrgId(organization);
const driver = await openClickHouse({ kind: 'embedded', path: directory }, { queryLanes: 1 });
await driver.migrate();
const store = { driver: () => driver, spanEncoder, rumEncoder };
for (;;) {
  const batches = Array.from({ length: 5 }, () => ({
    ...testBatch(
      Array.from({ length: 200 }, (_, n) => ({ timestamp: at(n), service: `s${n % 5}`, message: `m ${n}` })),
    ),
    batchId: newBatchId(),
  }));
  await driver.logs.insert(batches.map((batch) => encodeBatch(logEncoder, org, batch)));
  const ids = batches.map(({ batchId }) => batchId);
  const spans = Array.from({ length: 20 }, () => ({ traceId: CRASH_TRACE_ID }));
  await insertSpans(store, org, ...ids.map((batchId) => spanBatch(spans, batchId)));
  await insertRum(
    store,
    org,
    ...ids.map((batchId) =>
      rumBatch(
        Array.from({ length: 20 }, () => ({})),
        batchId,
      ),
    ),
  );
  if (!process.stdout.write(`${ids.join('\n')}\n`)) {
    await once(process.stdout, 'drain');
  }
}
