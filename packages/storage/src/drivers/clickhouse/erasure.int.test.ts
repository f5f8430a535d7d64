import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { NO_TRACE_SAMPLING, unixNanos } from '@aegisguard/model';
import { ReferenceLogReader, referenceSamples } from '@aegisguard/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertEverything, type StoreUnderTest } from '../../conformance/everything-of.ts';
import { insertSpans, newSpanId, spanBatch } from '../../conformance/span-under-test.ts';
import { insert, newOrg, testBatch } from '../../conformance/storage-under-test.ts';
import { describeUpkeep } from '../../conformance/upkeep-conformance.ts';
import { ClickHouseDriver } from './clickhouse-driver.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { clickHouseLogEncoder } from './log-encoder.ts';
import { organizationTables, plainTableName, tableNames } from './log-table.ts';
import { ClickHouseMetricEncoder } from './metric-encoder.ts';
import { QueryRunner } from './query-runner.ts';
import { RowDeletion } from './row-deletion.ts';
import { clickHouseRumEncoder } from './rum-encoder.ts';
import { clickHouseSecurityEventEncoder } from './security-event-encoder.ts';
import { clickHouseSpanEncoder } from './span-encoder.ts';
import { SILENT } from './storage-logger.ts';
import { ClickHouseTraceSamplingStore } from './trace-sampling-store.ts';

const MEBIBYTE = 1024 * 1024;
const DATABASE = 'upkeep';
const TABLES = tableNames(DATABASE);

let directory: string;
let engine: EmbeddedEngine;
let driver: ClickHouseDriver;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-upkeep-'));
  open();
  await driver.migrate();
  for (const table of organizationTables(TABLES)) {
    // The tests need not wait as long as the product for files that are out of use.
    await engine.command(
      `ALTER TABLE ${table} MODIFY SETTING old_parts_lifetime = 1, cleanup_delay_period = 1, max_cleanup_delay_period = 1`,
    );
  }
  // Clean-ups that were begun wait for as long as was set before.
  await driver.close();
  open();
});

function open(): void {
  engine = new EmbeddedEngine({ path: directory, laneCount: 2, memoryBytesMax: 640 * MEBIBYTE });
  driver = new ClickHouseDriver({
    engine,
    database: DATABASE,
    limits: {
      memoryBytesMax: 256 * MEBIBYTE,
      rowsReadMax: 1_000_000_000,
      resultBytesMax: 48 * MEBIBYTE,
      groupsMax: 200_000,
      threads: 2,
    },
    metricLimits: { seriesMax: 50_000, samplesMax: 20_000_000 },
    insertMemoryBytesMax: 384 * MEBIBYTE,
    logger: SILENT,
    nowMs: Date.now,
  });
}

afterAll(async () => {
  await driver.close();
  rmSync(directory, { recursive: true });
});

const store: StoreUnderTest = {
  driver: () => driver,
  encoder: clickHouseLogEncoder,
  spanEncoder: clickHouseSpanEncoder,
  rumEncoder: clickHouseRumEncoder,
  securityEventEncoder: clickHouseSecurityEventEncoder,
  newEncoder: () => new ClickHouseMetricEncoder(),
  referenceReader: (logs) => new ReferenceLogReader(logs),
  referenceSamples,
  naughtyStrings: undefined,
};

describeUpkeep('ClickHouse in the process', store);

it('forgets no table: those of organizations are the ones that have a column of them', async () => {
  const rows = await select(
    `SELECT DISTINCT table FROM system.columns AS c INNER JOIN system.tables AS t ON c.database = t.database AND c.table = t.name WHERE c.database = '${DATABASE}' AND c.name = 'organization_id' AND t.engine LIKE '%MergeTree'`,
  );
  const known = organizationTables(TABLES).map((table) => plainTableName(TABLES, table));
  expect(known.toSorted()).toEqual(rows.map(([table]) => String(table)).toSorted());
});

it('reads retention of every table that has a column of it, but for the list of hours and what goes after some', async () => {
  const rows = await select(
    `SELECT DISTINCT table FROM system.columns AS c INNER JOIN system.tables AS t ON c.database = t.database AND c.table = t.name WHERE c.database = '${DATABASE}' AND c.name = 'retention_days' AND t.engine LIKE '%MergeTree'`,
  );
  const read = (await driver.retention.read(newOrg())).map(({ table }) => table);
  expect([...read, 'metric_hours', 'service_graph_spans'].toSorted()).toEqual(
    rows.map(([table]) => String(table)).toSorted(),
  );
});

it('waits for a mutation that an earlier process began, and begins no other', async () => {
  const org = newOrg();
  await insert(store, org, testBatch([{ message: 'hello' }]));
  // Mutations stand still, too.
  await engine.command(`SYSTEM STOP MERGES ${TABLES.logs}`);
  const erased = driver.erasure.erase(org, 'logs');
  const mutations = () => select(`SELECT is_done FROM system.mutations WHERE position(command, '${org}') > 0`);
  await expect.poll(mutations).toEqual([[0]]);
  const again = driver.erasure.erase(org, 'logs');
  await engine.command(`SYSTEM START MERGES ${TABLES.logs}`);
  await Promise.all([erased, again]);
  expect(await mutations()).toEqual([[1]]);
});

// The engine looks for files out of use every ten seconds or so.
it('leaves no word of the organization in any file', async () => {
  const [mine, theirs] = [newOrg(), newOrg()];
  await insertEverything(store, mine, 'quokkafeather');
  await insertEverything(store, theirs, 'ibexwhistle');
  expect(filesWith('quokkafeather')).toBeGreaterThan(4);
  expect(filesWith('ibexwhistle')).toBeGreaterThan(4);
  const footprint = await driver.erasure.footprint(mine);
  await Promise.all(footprint.map(({ table }) => driver.erasure.erase(mine, table)));
  // On a slow machine the files are gone by themselves before that.
  await driver.erasure.purge();
  expect(filesWith('quokkafeather')).toBe(0);
  expect(filesWith('ibexwhistle')).toBeGreaterThan(4);
});

async function select(sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await engine.select(0, sql)).rows;
}

/** How many files of the data directory have a word, in what they hold or in what that is when it is decompressed. */
function filesWith(word: string, path = directory): number {
  const entries = ifThere(() => readdirSync(path, { withFileTypes: true })) ?? [];
  const counts = entries.map((entry) => {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) {
      return filesWith(word, inside);
    }
    const bytes = entry.isFile() ? ifThere(() => readFileSync(inside)) : undefined;
    const isFound = bytes?.includes(word) || (inside.endsWith('.bin') && bytes && decompressed(bytes).includes(word));
    return isFound ? 1 : 0;
  });
  return counts.reduce<number>((sum, count) => sum + count, 0);
}

/** What is read, unless it is gone by then: files come and go as parts are merged. */
function ifThere<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

const CHECKSUM_BYTES = 16;
const ZSTD = 0x90;

/** What a column's file holds: blocks of a checksum, the method, both sizes and the data. Blocks of other methods are integers here. https://clickhouse.com/docs/en/development/architecture */
function decompressed(bytes: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let at = CHECKSUM_BYTES; at + 9 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 1);
    const data = bytes.subarray(at + 9, at + size);
    blocks.push(bytes[at] === ZSTD ? zstdDecompressSync(data) : data);
    at += size + CHECKSUM_BYTES;
  }
  return Buffer.concat(blocks);
}

it('judges traces slice by slice, whatever their ids have in common', async () => {
  const org = newOrg();
  const date = '2026-11-20';
  const startTime = unixNanos(BigInt(Date.parse(`${date}T12:00:00Z`)) * 1_000_000n);
  const spans = Array.from({ length: 60 }, (_, index) => ({
    traceId: index.toString(16).padStart(32, '0').replace(/^0/, '1'),
    spanId: newSpanId(),
    startTime,
    status: index % 2 === 0 ? ('error' as const) : ('unset' as const),
  }));
  await insertSpans(store, org, spanBatch(spans));
  const runner = new QueryRunner(engine, {
    memoryBytesMax: 256 * MEBIBYTE,
    rowsReadMax: 1_000_000_000,
    resultBytesMax: 48 * MEBIBYTE,
    groupsMax: 200_000,
    threads: 2,
  });
  const small = new ClickHouseTraceSamplingStore(engine, runner, new RowDeletion(engine, runner, TABLES), TABLES, 7);
  const sampling = { ...NO_TRACE_SAMPLING, rules: [{ keep: 'errors' as const }], percent: 0 };
  expect(await small.sample(org, date, sampling)).toMatchObject({ traces: 60, keptTraces: 30, keptByRule: [30] });
  expect(
    await select(`SELECT count(), countIf(status = 'error') FROM ${TABLES.spans} WHERE organization_id = '${org}'`),
  ).toEqual([[30, 30]]);
});
