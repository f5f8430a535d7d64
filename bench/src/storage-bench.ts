import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogCountQuery, parseOrgId, type QueryBounds, unixNanos } from '@aegisguard/model';
import { openClickHouse, type StorageDriver } from '@aegisguard/storage';
import { logEncoder } from '@aegisguard/storage/encoder';
import { Random } from '@aegisguard/testkit';
import { generateRecords } from './log-records.ts';
import { settledDiskBytes } from './process-usage.ts';
import { type BenchRow, percentile, whole } from './table.ts';

const ORG = parseOrgId('019385a0-0000-7000-8000-000000000001');
const BATCH_ROWS = 1000;
/** Batches of one insert, as the worker groups them under load. */
const GROUP_BATCHES = 20;
const SPAN_MS = 3_600_000;
const QUERY_RUNS = 15;

/** Measures the embedded store alone: the driver's own cost, without HTTP, queue and normalizing. Encoding and inserting are told apart. */
export async function benchStorage(groups = 50): Promise<BenchRow[]> {
  const path = await mkdtemp(join(tmpdir(), 'aegis-storage-bench-'));
  try {
    const openings = [await timeOpening(path)];
    const driver = await openClickHouse({ kind: 'embedded', path });
    try {
      await driver.migrate();
      const endMs = Date.now();
      const rows = [...(await benchInserts(driver, groups, endMs)), ...(await benchQueries(driver, endMs))];
      const count = groups * GROUP_BATCHES * BATCH_ROWS;
      const bytes = await settledDiskBytes(join(path, 'store'));
      rows.push({
        name: 'store: bytes on disk per log',
        value: (bytes / count).toFixed(1),
        note: 'merged parts removed',
      });
      rows.push({ name: 'store: peak RSS of the bench, MB', value: whole(process.resourceUsage().maxRSS / 1024) });
      await driver.close();
      openings.push(await timeOpening(path));
      const names = ['store: opening an empty directory, ms', 'store: opening it again with its logs, ms'];
      return [...rows, ...openings.map((ms, index) => ({ name: names[index] ?? '', value: whole(ms) }))];
    } finally {
      await driver.close();
    }
  } finally {
    await rm(path, { recursive: true });
  }
}

/** Milliseconds until a store on the directory is migrated; it is closed again. */
async function timeOpening(path: string): Promise<number> {
  const startedMs = performance.now();
  const driver = await openClickHouse({ kind: 'embedded', path });
  await driver.migrate();
  const openedMs = performance.now() - startedMs;
  await driver.close();
  return openedMs;
}

async function benchInserts(driver: StorageDriver, groups: number, endMs: number): Promise<BenchRow[]> {
  const random = new Random(20_261_122);
  const count = groups * GROUP_BATCHES * BATCH_ROWS;
  const spent = { mainCpu: 0, encodeCpu: 0, insertMs: 0 };
  const cpuBefore = process.cpuUsage();
  for (let group = 0; group < groups; group += 1) {
    const generating = process.threadCpuUsage();
    const batches = Array.from({ length: GROUP_BATCHES }, (_, batch) =>
      generateRecords(
        random,
        endMs - SPAN_MS + (group * GROUP_BATCHES + batch) * BATCH_ROWS * (SPAN_MS / count),
        BATCH_ROWS,
        SPAN_MS / count,
      ),
    );
    const encoding = process.threadCpuUsage();
    const encoded = batches.map((records, batch) => {
      const id = (group * GROUP_BATCHES + batch).toString(16).padStart(12, '0');
      const identity = { batchId: `019385a1-0000-7000-8000-${id}`, receivedAtMs: endMs, retentionDays: 30 };
      return logEncoder.encode(ORG, identity, records);
    });
    spent.encodeCpu += total(process.threadCpuUsage(encoding));
    spent.mainCpu += total(process.threadCpuUsage(generating));
    const startedMs = performance.now();
    await driver.logs.insert(encoded);
    spent.insertMs += performance.now() - startedMs;
  }
  const engineCpu = total(process.cpuUsage(cpuBefore)) - spent.mainCpu;
  const note = `${whole(count)} logs in groups of ${whole(GROUP_BATCHES * BATCH_ROWS)}`;
  return [
    {
      name: 'store: logs inserted per second',
      value: whole((count / spent.insertMs) * 1000),
      note: `${note}, one at a time`,
    },
    { name: 'store: encoding, µs of CPU per log', value: (spent.encodeCpu / count).toFixed(1) },
    {
      name: 'store: inserting and merging, µs of CPU per log',
      value: (engineCpu / count).toFixed(1),
      note: 'all threads of the process but for generating and encoding',
    },
  ];
}

async function benchQueries({ logs }: StorageDriver, endMs: number): Promise<BenchRow[]> {
  const origin = BigInt(Math.floor((endMs - SPAN_MS) / 60_000) * 60_000) * 1_000_000n;
  const range = { start: unixNanos(origin), end: unixNanos(BigInt(endMs + 1000) * 1_000_000n) };
  const all: LogCountQuery = {
    ...range,
    matchers: [],
    lineFilters: [],
    origin: range.start,
    bucket: range.end - range.start,
    edges: '[)',
    by: [],
    of: 'logs',
  };
  const newest = {
    ...all,
    lineFilters: [{ op: '|=', values: ['deadlock'] } as const],
    limit: 50,
    direction: 'backward' as const,
  };
  const byLevel = { ...all, bucket: 60_000_000_000n, by: ['level'] };
  const regex = { ...all, lineFilters: [{ op: '|~', values: ['completed with 5\\d\\d in \\d+'] } as const] };
  const attribute = { ...all, matchers: [{ name: 'http_status', op: '=', value: '503' } as const] };
  return [
    await timeQuery('newest 50 with a word', (bounds) => logs.searchLogs(ORG, newest, bounds)),
    await timeQuery('count per minute by level', (bounds) => logs.countLogs(ORG, byLevel, bounds)),
    await timeQuery('count of a regular expression', (bounds) => logs.countLogs(ORG, regex, bounds)),
    await timeQuery('count of one attribute value', (bounds) => logs.countLogs(ORG, attribute, bounds)),
  ];
}

async function timeQuery(name: string, query: (bounds: QueryBounds) => Promise<unknown>): Promise<BenchRow> {
  const samples: number[] = [];
  for (let run = 0; run < QUERY_RUNS; run += 1) {
    const startedMs = performance.now();
    await query({ signal: new AbortController().signal, timeoutMs: 30_000 });
    samples.push(performance.now() - startedMs);
  }
  return { name: `store: ${name}, median ms`, value: percentile(samples, 0.5).toFixed(1), note: `of ${QUERY_RUNS}` };
}

function total({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
