import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogSelection, OrgId } from '@aegisguard/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_TIME, at, newOrg, patient, RECEIVED_AT_MS, testBatch } from '../../../conformance/storage-under-test.ts';
import type { StorageDriver } from '../../../driver.ts';
import { clickHouseLogEncoder } from '../log-encoder.ts';
import { openClickHouse } from '../open-clickhouse.ts';

const BATCHES = 40;
const BATCH_ROWS = 10_000;
const ROWS = BATCHES * BATCH_ROWS;
const EVERYTHING: LogSelection = { ...ALL_TIME, matchers: [], lineFilters: [] };
const NEEDLE: LogSelection = { ...EVERYTHING, lineFilters: [{ op: '|=', values: ['overheated'] }] };

/** 400,000 logs of two services in parts of several sizes, those of another organization between them. */
describe('a sample of granules', () => {
  const directory = mkdtempSync(join(tmpdir(), 'aegis-sample-'));
  const org = newOrg();
  const other = newOrg();
  let driver: StorageDriver;

  beforeAll(async () => {
    driver = await openClickHouse({ kind: 'embedded', path: directory });
    await driver.migrate();
    for (const [batches, from] of [
      [25, 0],
      [10, 25],
      [4, 35],
      [1, 39],
    ] as const) {
      const numbers = Array.from({ length: batches }, (_, place) => from + place);
      await driver.logs.insert([
        ...numbers.map((number) => encoded(org, number)),
        ...numbers.slice(0, 5).map((number) => encoded(other, number)),
      ]);
    }
  });

  afterAll(async () => {
    await driver.close();
    rmSync(directory, { recursive: true });
  });

  it('tells about how often values are, and reads a part of the rows', async () => {
    const { facets, stats } = await driver.logs.logFacets(org, { ...EVERYTHING, limit: 10 }, patient());
    const counts = new Map(
      facets.flatMap(({ name, values }) => values.map(({ value, logs }) => [`${name}=${value}`, logs] as const)),
    );
    expect([counts.get('service=checkout'), counts.get('service=search')]).toEqual([ROWS / 4, (ROWS * 3) / 4]);
    expect(facets.map(({ name, isEstimate }) => [name, isEstimate])).toEqual([
      ['service', false],
      ['level', false],
      ['host', true],
      ['route', true],
    ]);
    for (const [value, share] of [
      ['host=a', 0.9],
      ['host=b', 0.1],
      ['route=/pay', 0.25],
      ['route=/find', 0.75],
    ] as const) {
      expect(Math.abs((counts.get(value) ?? 0) / ROWS - share)).toBeLessThan(0.15);
    }
    expect(stats.rowsRead).toBeLessThan(ROWS * 0.75);
  });

  it('is followed by all rows where a filter leaves few', async () => {
    const { facets } = await driver.logs.logFacets(
      org,
      { ...NEEDLE, names: ['service', 'route', 'order'], limit: 10 },
      patient(),
    );
    expect(facets).toEqual([
      { name: 'service', isEstimate: false, values: [{ value: 'checkout', logs: BATCHES }] },
      { name: 'route', isEstimate: false, values: [{ value: '/pay', logs: BATCHES }] },
      { name: 'order', isEstimate: false, values: [{ value: 'o-1234567', logs: BATCHES }] },
    ]);
  });

  it('gives the lines that are wanted, of all services and times, each once', async () => {
    const limit = 2000;
    const { lines, timestamps, logsPerLine } = await driver.logs.sampleLogs(org, { ...EVERYTHING, limit }, patient());
    expect(lines).toHaveLength(limit);
    expect(new Set(lines).size).toBe(limit);
    expect(Math.abs((logsPerLine * limit) / ROWS - 1)).toBeLessThan(0.3);
    const share = lines.filter((line) => line.startsWith('pay')).length / limit;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.15);
    const minutes = [...timestamps].map((time) => Number((time - at(0)) / 60_000_000_000n));
    expect(Math.max(...minutes) - Math.min(...minutes)).toBeGreaterThan(BATCHES / 2);
  });

  it('grows until there are as many lines as wanted, or all', async () => {
    const { lines, logsPerLine } = await driver.logs.sampleLogs(org, { ...NEEDLE, limit: 1000 }, patient());
    expect([lines.length, logsPerLine]).toEqual([BATCHES, 1]);
    expect(await driver.logs.sampleLogs(newOrg(), { ...EVERYTHING, limit: 1000 }, patient())).toMatchObject({
      lines: [],
    });
  });
});

/** A minute of logs, one of which is the needle. */
function encoded(orgId: OrgId, number: number): ReturnType<typeof clickHouseLogEncoder.encode> {
  const { batchId, records } = testBatch(
    Array.from({ length: BATCH_ROWS }, (_, index) => {
      const isPayment = index % 4 === 0;
      return {
        timestamp: at(number * 60, index * 5_000_000),
        service: isPayment ? 'checkout' : 'search',
        host: index % 10 === 0 ? 'b' : 'a',
        message: `${isPayment ? 'pay' : 'find'} ${number} ${index}${index === 4000 ? ' overheated' : ''}`,
        attributes: { route: isPayment ? '/pay' : '/find', ...(index === 4000 ? { order: 'o-1234567' } : {}) },
      };
    }),
  );
  return clickHouseLogEncoder.encode(orgId, { batchId, receivedAtMs: RECEIVED_AT_MS, retentionDays: 20_000 }, records);
}
