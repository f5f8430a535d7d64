import process from 'node:process';
import { openClickHouse } from '../drivers/clickhouse/open-clickhouse.ts';
import { logEncoder } from '../encoder.ts';
import { ALL_TIME, at, encodeBatch, newOrg, patient, testBatch } from './storage-under-test.ts';

// A program for `process.int.test.ts`: node use-and-close.ts <directory>. It uses a store heavily, closes it, and must then end by itself.

const driver = await openClickHouse({ kind: 'embedded', path: process.argv[2] ?? '' }, { queryLanes: 2 });
await driver.migrate();
const org = newOrg();
const rows = Array.from({ length: 1000 }, (_, n) => ({ timestamp: at(n % 600), message: `message ${n} of many` }));
for (let group = 0; group < 10; group += 1) {
  await driver.logs.insert(Array.from({ length: 10 }, () => encodeBatch(logEncoder, org, testBatch(rows))));
}
const search = { ...ALL_TIME, matchers: [], lineFilters: [], limit: 100, direction: 'backward' as const };
const gone = new AbortController();
const queries = [
  ...Array.from({ length: 10 }, () => driver.logs.searchLogs(org, search, patient())),
  ...Array.from({ length: 10 }, () => driver.logs.searchLogs(org, search, { ...patient(), signal: gone.signal })),
];
gone.abort();
const outcomes = await Promise.allSettled(queries);
await driver.close();
process.stdout.write(`${outcomes.filter(({ status }) => status === 'fulfilled').length} answered\n`);
