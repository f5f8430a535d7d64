import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LabelMatcher,
  type LineFilter,
  type LogCountQuery,
  type LogSelection,
  parseOrgId,
  type QueryBounds,
  type QueryStats,
  unixNanos,
} from '@aegisguard/model';
import { openClickHouse, type StorageDriver } from '@aegisguard/storage';
import { logEncoder } from '@aegisguard/storage/encoder';
import { LogShapes } from './log-shapes.ts';
import { settledDiskBytes } from './process-usage.ts';
import { type BenchRow, percentile, whole } from './table.ts';

const ORG = parseOrgId('019385a0-0000-7000-8000-000000000001');
const BATCH_ROWS = 1000;
/** Batches of one insert, as the worker groups them under load. */
const GROUP_BATCHES = 20;
const DAY_NANOS = 86_400_000_000_000n;
const MINUTE_NANOS = 60_000_000_000n;
const RUNS = 5;

/** Questions over a day of logs in the shapes of real services, on the embedded store alone. Ask with `10000` for ten million. */
export async function benchLogQueries(thousands: number): Promise<BenchRow[]> {
  const path = await mkdtemp(join(tmpdir(), 'aegis-logs-queries-'));
  try {
    const driver = await openClickHouse({ kind: 'embedded', path });
    try {
      await driver.migrate();
      const start = ((BigInt(Date.now()) * 1_000_000n) / DAY_NANOS) * DAY_NANOS - DAY_NANOS;
      const rows = await insertDay(driver, start, thousands);
      const bytes = await settledDiskBytes(join(path, 'store'));
      rows.push({ name: 'logs-queries: bytes on disk per log', value: (bytes / thousands / 1000).toFixed(1) });
      return [...rows, ...(await askAll(driver, start, thousands * 1000))];
    } finally {
      await driver.close();
    }
  } finally {
    await rm(path, { recursive: true });
  }
}

async function insertDay(driver: StorageDriver, start: bigint, thousands: number): Promise<BenchRow[]> {
  const shapes = new LogShapes();
  const step = DAY_NANOS / BigInt(thousands * BATCH_ROWS);
  const spent = { making: 0 };
  const before = process.cpuUsage();
  for (let first = 0; first < thousands; first += GROUP_BATCHES) {
    const making = process.threadCpuUsage();
    const batches = Math.min(GROUP_BATCHES, thousands - first);
    const encoded = Array.from({ length: batches }, (_, batch) => {
      const number = first + batch;
      const records = shapes.batch(start + BigInt(number * BATCH_ROWS) * step, step, BATCH_ROWS);
      const batchId = `019385a1-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
      return logEncoder.encode(ORG, { batchId, receivedAtMs: Date.now(), retentionDays: 30 }, records);
    });
    spent.making += total(process.threadCpuUsage(making));
    await driver.logs.insert(encoded);
  }
  const engine = total(process.cpuUsage(before)) - spent.making;
  return [
    {
      name: 'logs-queries: inserting and merging, µs of CPU per log',
      value: (engine / thousands / 1000).toFixed(1),
      note: `${whole(thousands * 1000)} logs, generating and encoding apart: ${(spent.making / thousands / 1000).toFixed(1)}`,
    },
  ];
}

type Ask = (bounds: QueryBounds) => Promise<{ readonly stats: QueryStats }>;

async function askAll(driver: StorageDriver, start: bigint, count: number): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [name, ask] of Object.entries(questions(driver, start, count))) {
    rows.push(await measure(name, ask));
  }
  return rows;
}

/** Every question that is measured, by name; the figures that some are held to are in ADR 0022. */
function questions({ logs }: StorageDriver, start: bigint, count: number): Readonly<Record<string, Ask>> {
  const day: LogSelection = {
    start: unixNanos(start),
    end: unixNanos(start + DAY_NANOS),
    matchers: [],
    lineFilters: [],
  };
  const label = (name: string, value: string, op: LabelMatcher['op'] = '='): LabelMatcher => ({ name, op, value });
  const line = (op: LineFilter['op'], ...values: string[]): LineFilter => ({ op, values });
  const page =
    (selection: Partial<LogSelection>): Ask =>
    (bounds) =>
      logs.searchLogs(ORG, { ...day, ...selection, limit: 100, direction: 'backward' }, bounds);
  const counted =
    (query: Partial<LogCountQuery>): Ask =>
    (bounds) =>
      logs.countLogs(
        ORG,
        { ...day, origin: day.start, bucket: DAY_NANOS, edges: '[)', by: [], of: 'logs', ...query },
        bounds,
      );
  const traced = label('trace_id', LogShapes.traceIdOf(Math.floor(count / 2)));
  const byMinute = { bucket: MINUTE_NANOS, by: ['level'] };
  const checkout = [label('service', 'checkout')];
  return {
    'needle by word, page': page({ lineFilters: [line('|=', LogShapes.NEEDLE)] }),
    'needle by word, count': counted({ lineFilters: [line('|=', LogShapes.NEEDLE)] }),
    'word of a few logs, page': page({ lineFilters: [line('|=', LogShapes.RARITY)] }),
    'word that is nowhere, page': page({ lineFilters: [line('|=', 'unobtainium')] }),
    'trace id, page': page({ matchers: [traced] }),
    'regex with a literal, count': counted({ lineFilters: [line('|~', 'timed out after \\d{4}\\.\\d ms')] }),
    'regex of a rare literal, count': counted({ lineFilters: [line('|~', 'flux-[a-z]+ overheated')] }),
    'regex without literals, count': counted({ lineFilters: [line('|~', '\\d{5}\\.\\d ms|[A-F]{9}')] }),
    'regex, any case, count': counted({ lineFilters: [line('|~', '(?i)TIMED OUT')] }),
    'per minute by level of a service, count': counted({ ...byMinute, matchers: checkout }),
    'per minute by level with a word, count': counted({ ...byMinute, lineFilters: [line('|=', 'timed out')] }),
    'by an attribute, count': counted({ by: ['http_status'], matchers: checkout }),
    'facets of everything': (bounds) => logs.logFacets(ORG, { ...day, limit: 10 }, bounds),
    'facets of a service': (bounds) => logs.logFacets(ORG, { ...day, matchers: checkout, limit: 10 }, bounds),
    'facets of a word': (bounds) =>
      logs.logFacets(ORG, { ...day, lineFilters: [line('|=', 'timed out')], limit: 10 }, bounds),
    'facets of a needle': (bounds) =>
      logs.logFacets(ORG, { ...day, lineFilters: [line('|=', LogShapes.NEEDLE)], limit: 10 }, bounds),
    'everything, page': page({}),
    'a service, page': page({ matchers: checkout }),
    'two services, page': page({ matchers: [label('service', 'checkout|edge', '=~')] }),
    'errors, page': page({ matchers: [label('level', 'error')] }),
    'errors of a service, page': page({ matchers: [...checkout, label('level', 'error')] }),
    'an attribute, page': page({ matchers: [label('http_status', '503')] }),
    'a label of few, page': page({ matchers: [label('customerId', 'c-4711')] }),
    'a host, page': page({ matchers: [label('host', 'node-7')] }),
    'a common word, page': page({ lineFilters: [line('|=', 'timed out')] }),
    'a regex, page': page({ lineFilters: [line('|~', 'order \\d+ is locked')] }),
    'a service without a word, page': page({ matchers: checkout, lineFilters: [line('!=', 'request completed')] }),
    'names of labels': (bounds) => logs.labelNames(ORG, { ...day, limit: 1000 }, bounds),
    'values of service': (bounds) => logs.labelValues(ORG, { ...day, name: 'service', limit: 100 }, bounds),
    'values of host': (bounds) => logs.labelValues(ORG, { ...day, name: 'host', limit: 100 }, bounds),
    'values of an attribute': (bounds) => logs.labelValues(ORG, { ...day, name: 'http_route', limit: 100 }, bounds),
    'volume by service and level': (bounds) =>
      logs.logVolumes(ORG, { ...day, by: ['service', 'level'], limit: 100 }, bounds),
    'volume by stream': (bounds) => logs.logVolumes(ORG, { ...day, by: 'stream', limit: 1000 }, bounds),
    'totals of a service': (bounds) => logs.logTotals(ORG, { ...day, matchers: checkout }, bounds),
    'sample of 10,000 lines': (bounds) => logs.sampleLogs(ORG, { ...day, limit: 10_000 }, bounds),
    'sample of 10,000 lines of a word': (bounds) =>
      logs.sampleLogs(ORG, { ...day, lineFilters: [line('|=', 'timed out')], limit: 10_000 }, bounds),
    'scan of an hour of a service': async (bounds) => {
      const hour = { ...day, end: unixNanos(start + DAY_NANOS / 24n), matchers: checkout };
      return { stats: await logs.scanLogs(ORG, hour, bounds, () => undefined) };
    },
    'scan of a day of a service, of lines that a filter behind a parser can pass': async (bounds) => {
      const hint = { texts: ['c-4711', '\\', '\ufffd'], matchers: [label('customer', 'c-4711')] };
      const hinted = { ...day, matchers: checkout, hints: [hint] };
      return { stats: await logs.scanLogs(ORG, hinted, bounds, () => undefined) };
    },
    'context of a log': async (bounds) => {
      const found = await logs.searchLogs(ORG, { ...day, limit: 1, direction: 'forward', matchers: [traced] }, bounds);
      const position = found.logs[0]?.position ?? { timestamp: day.start, batchId: ORG, index: 0 };
      return await logs.logContext(ORG, { ...day, position, before: 50, after: 50 }, bounds);
    },
  };
}

async function measure(name: string, ask: Ask): Promise<BenchRow> {
  const wallMs: number[] = [];
  const cpuMs: number[] = [];
  let stats: QueryStats | undefined;
  for (let run = 0; run < RUNS; run += 1) {
    const startedMs = performance.now();
    const cpu = process.cpuUsage();
    ({ stats } = await ask({ signal: new AbortController().signal, timeoutMs: 60_000 }));
    wallMs.push(performance.now() - startedMs);
    cpuMs.push(total(process.cpuUsage(cpu)) / 1000);
  }
  const { rowsRead = 0, bytesRead = 0 } = stats ?? {};
  return {
    name: `logs-queries: ${name}, median ms`,
    value: percentile(wallMs, 0.5).toFixed(0),
    note: `CPU ${percentile(cpuMs, 0.5).toFixed(0)} ms, the first time ${(wallMs[0] ?? 0).toFixed(0)} ms; ${whole(rowsRead)} rows, ${(bytesRead / 1e6).toFixed(1)} MB read`,
  };
}

function total({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
