import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  parseOrgId,
  type QueryBounds,
  type QueryStats,
  type SpanAggregation,
  type SpanAttributeScope,
  type SpanComparisonOperator,
  type SpanCondition,
  type SpanField,
  type SpanFieldValue,
  type SpanIntrinsic,
  type SpanRecord,
  type TraceCandidateSearch,
  unixNanos,
} from '@aegisguard/model';
import { openClickHouse, type StorageDriver } from '@aegisguard/storage';
import { spanEncoder } from '@aegisguard/storage/encoder';
import { settledDiskBytes } from './process-usage.ts';
import { type BenchRow, percentile, whole } from './table.ts';
import { TraceShapes } from './trace-shapes.ts';

const ORG = parseOrgId('019385a0-0000-7000-8000-000000000001');
const BATCH_ROWS = 1000;
/** Batches of one insert, as the worker groups them under load. */
const GROUP_BATCHES = 20;
const DAY_NANOS = 86_400_000_000_000n;
const MINUTE_NANOS = 60_000_000_000n;
const RUNS = 5;
const LONG_TRACE = { traceId: 'f'.repeat(32), spans: 100_000 };

/** Questions over a day of traces, on the embedded store alone. Ask with `10000` for ten million spans. */
export async function benchTraceQueries(thousands: number): Promise<BenchRow[]> {
  const path = await mkdtemp(join(tmpdir(), 'aegis-traces-queries-'));
  try {
    const driver = await openClickHouse({ kind: 'embedded', path });
    try {
      await driver.migrate();
      const start = ((BigInt(Date.now()) * 1_000_000n) / DAY_NANOS) * DAY_NANOS - DAY_NANOS;
      const rows = await insertDay(driver, start, thousands);
      const bytes = await settledDiskBytes(join(path, 'store'));
      rows.push({ name: 'traces-queries: bytes on disk per span', value: (bytes / thousands / 1000).toFixed(1) });
      return [...rows, ...(await askAll(driver, start, thousands * 1000))];
    } finally {
      await driver.close();
    }
  } finally {
    await rm(path, { recursive: true });
  }
}

async function insertDay(driver: StorageDriver, start: bigint, thousands: number): Promise<BenchRow[]> {
  const shapes = new TraceShapes();
  const step = DAY_NANOS / BigInt(thousands * BATCH_ROWS);
  const spent = { making: 0 };
  const before = process.cpuUsage();
  for (let first = 0; first < thousands; first += GROUP_BATCHES) {
    const making = process.threadCpuUsage();
    const batches = Math.min(GROUP_BATCHES, thousands - first);
    const encoded = Array.from({ length: batches }, (_, batch) => {
      const number = first + batch;
      return encode(number, shapes.batch(start + BigInt(number * BATCH_ROWS) * step, step, BATCH_ROWS));
    });
    spent.making += total(process.threadCpuUsage(making));
    await driver.spans.insert(encoded);
  }
  const engine = total(process.cpuUsage(before)) - spent.making;
  await insertLongTrace(driver, start, thousands);
  return [
    {
      name: 'traces-queries: inserting and merging, µs of CPU per span',
      value: (engine / thousands / 1000).toFixed(1),
      note: `${whole(thousands * 1000)} spans, generating and encoding apart: ${(spent.making / thousands / 1000).toFixed(1)}`,
    },
  ];
}

/** One trace of very many spans, over an hour. */
async function insertLongTrace(driver: StorageDriver, start: bigint, number: number): Promise<void> {
  const step = DAY_NANOS / 24n / BigInt(LONG_TRACE.spans);
  const records = new TraceShapes().batch(start + DAY_NANOS / 2n, step, LONG_TRACE.spans);
  const root = records[0]?.spanId ?? '';
  const own = records.map((span, index) => ({
    ...span,
    traceId: LONG_TRACE.traceId,
    parentSpanId: span.parentSpanId === '' && index > 0 ? root : span.parentSpanId,
  }));
  for (let first = 0; first < own.length; first += 5 * BATCH_ROWS) {
    const batches = [0, 1, 2, 3, 4].map((batch) => {
      const from = first + batch * BATCH_ROWS;
      return encode(
        number + from / BATCH_ROWS,
        own.slice(from, from + BATCH_ROWS).map((span, index) => ({ ...span, index })),
      );
    });
    await driver.spans.insert(batches);
  }
}

function encode(number: number, records: readonly SpanRecord[]) {
  const batchId = `019385a1-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  return spanEncoder.encode(ORG, { batchId, receivedAtMs: Date.now(), retentionDays: 30 }, records);
}

type Ask = (bounds: QueryBounds) => Promise<{ readonly stats: QueryStats }>;

async function askAll(driver: StorageDriver, start: bigint, count: number): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [name, ask] of Object.entries(traceQuestions(driver, start, count))) {
    rows.push(await measure(name, ask));
  }
  return rows;
}

const attribute = (name: string, scope: SpanAttributeScope = 'span'): SpanField => ({ kind: 'attribute', scope, name });
const intrinsic = (name: SpanIntrinsic): SpanField => ({ kind: 'intrinsic', name });
const is = (field: SpanField, value: SpanFieldValue, op: SpanComparisonOperator = '='): SpanCondition => ({
  kind: 'compare',
  field,
  op,
  value,
});
const all = (...of: SpanCondition[]): SpanCondition => ({ kind: 'all', of });
const longer = (ms: number): SpanCondition => is(intrinsic('duration'), BigInt(ms) * 1_000_000n, '>');
const service = (name: string): SpanCondition => is(attribute('service.name', 'resource'), name);
const failed = is(attribute('http.response.status_code'), 500);
const customer = is(attribute('customer.id'), 'c-4711');

const everything: SpanCondition = { kind: 'everything' };

type Questions = Readonly<Record<string, Ask>>;

/** Every question that is measured, by name; the figures that some are held to are in ADR 0026. */
function traceQuestions({ spans }: StorageDriver, start: bigint, count: number): Questions {
  return {
    ...readQuestions(spans, start, count),
    ...searchQuestions(spans, start),
    ...countQuestions(spans, start),
    ...funnelQuestions(spans, start),
    ...comparisonQuestions(spans, start),
  };
}

function readQuestions(spans: StorageDriver['spans'], start: bigint, count: number): Questions {
  const day = { start: unixNanos(start), end: unixNanos(start + DAY_NANOS) };
  const middle = TraceShapes.traceIdOf(Math.floor(count / TraceShapes.SPANS_PER_TRACE / 2));
  const wholeTrace =
    (traceId: string, limit: number): Ask =>
    (bounds) =>
      spans.readTrace(ORG, traceId, limit, bounds);
  return {
    'trace by id': wholeTrace(middle, 10_000),
    'no trace by id': wholeTrace('e'.repeat(32), 10_000),
    'columns of a trace of 100,000 spans': (bounds) =>
      spans.readTraceColumns(ORG, LONG_TRACE.traceId, LONG_TRACE.spans, bounds),
    'structure of a trace of 100,000 spans': (bounds) =>
      spans.fetchSpans(
        ORG,
        { ...day, traceIds: [LONG_TRACE.traceId], condition: everything, parts: {}, structure: true, limit: 200_000 },
        bounds,
      ),
  };
}

function searchQuestions(spans: StorageDriver['spans'], start: bigint): Questions {
  const day = { start: unixNanos(start), end: unixNanos(start + DAY_NANOS) };
  const find =
    (conditions: readonly SpanCondition[], given: Partial<TraceCandidateSearch> = {}): Ask =>
    (bounds) =>
      spans.findTraces(ORG, { ...day, conditions, limit: 20, sort: 'newest', ...given }, bounds);
  /** What a structural query takes: candidates, and the spans that tell how they hang together. */
  const structural =
    (left: SpanCondition, right: SpanCondition, limit = 20): Ask =>
    async (bounds) => {
      const found = await spans.findTraces(ORG, { ...day, conditions: [left, right], limit, sort: 'newest' }, bounds);
      const traceIds = found.traces.map(({ traceId }) => traceId);
      const condition: SpanCondition = { kind: 'any', of: [left, right] };
      const fetched = { ...day, traceIds, condition, parts: { attributes: true }, structure: true, limit: 1_000_000 };
      return spans.fetchSpans(ORG, fetched, bounds);
    };
  return {
    'newest 20 traces': find([everything]),
    'newest 20 of a service with an error': find([all(service('payments'), is(intrinsic('status'), 'error'))]),
    'attribute and duration, many': find([all(failed, longer(200))]),
    'attribute and duration, few': find([all(failed, longer(5_000))]),
    'attribute and duration, none': find([all(failed, longer(60_000))]),
    'rare attribute and duration': find([all(customer, longer(100))]),
    'rare attribute in any scope and duration': find([all(is(attribute('customer.id', 'any'), 'c-4711'), longer(100))]),
    'attribute that no span has': find([is(attribute('nothing'), 'x')]),
    'attribute by expression and duration': find([
      all(is(attribute('db.query.text'), '.*LIMIT 77', '=~'), longer(500)),
    ]),
    'attribute of an event': find([is(attribute('exception.type', 'event'), 'TimeoutError')]),
    'slowest 20 traces': find([everything], { sort: 'slowest' }),
    'slowest 20 by attribute and duration': find([all(failed, longer(500))], { sort: 'slowest' }),
    'slow traces of a root': find([
      all(
        is({ kind: 'trace', name: 'trace-duration' }, 5_000_000_000n, '>'),
        is({ kind: 'trace', name: 'root-name' }, 'POST /api/orders'),
      ),
    ]),
    'structural, many': structural(service('frontend'), is(intrinsic('status'), 'error')),
    'structural, few': structural(
      is(intrinsic('name'), 'POST /api/orders'),
      all(is(attribute('db.system.name'), 'postgresql'), longer(2_000)),
    ),
    'structural, rare attribute': structural(service('frontend'), customer),
    'structural, hardly any': structural(
      all(customer, longer(1)),
      all(is(attribute('db.system.name'), 'redis'), longer(1_500)),
    ),
    'structural, 200 traces': structural(service('frontend'), is(intrinsic('status'), 'error'), 200),
  };
}

function countQuestions(spans: StorageDriver['spans'], start: bigint): Questions {
  const day = { start: unixNanos(start), end: unixNanos(start + DAY_NANOS) };
  const counted =
    (given: Partial<SpanAggregation>): Ask =>
    async (bounds) => {
      const asked = {
        ...day,
        condition: { kind: 'everything' as const },
        step: 5n * MINUTE_NANOS,
        by: [],
        measure: { kind: 'count' as const },
        groupsMax: 10_000,
      };
      const answer = await spans.aggregateSpans(ORG, { ...asked, ...given }, bounds);
      if (answer === undefined) {
        throw new Error('not exact');
      }
      return answer;
    };
  const name = attribute('service.name', 'resource');
  return {
    'calls by service': counted({ by: [name] }),
    'errors by service and name': counted({
      condition: is(intrinsic('status'), 'error'),
      by: [name, intrinsic('name')],
    }),
    'calls by an attribute': counted({ by: [attribute('http.response.status_code')] }),
    'calls of an attribute': counted({ condition: failed }),
    'durations by service': counted({ by: [name], measure: { kind: 'log2', field: intrinsic('duration') } }),
    'names of attributes': (bounds) => spans.attributeNames(ORG, { ...day, condition: everything }, bounds),
    'values of an attribute': (bounds) =>
      spans.fieldValues(ORG, { ...day, field: attribute('http.route'), condition: everything, limit: 100 }, bounds),
    'scan of ten minutes of a service': async (bounds) => {
      const end = unixNanos(start + 10n * MINUTE_NANOS);
      const scan = { ...day, end, condition: service('frontend'), parts: { attributes: true } };
      return { stats: await spans.scanSpans(ORG, scan, bounds, () => undefined) };
    },
  };
}

function funnelQuestions(spans: StorageDriver['spans'], start: bigint): Questions {
  const day = { start: unixNanos(start), end: unixNanos(start + DAY_NANOS) };
  const through =
    (...steps: SpanCondition[]): Ask =>
    async (bounds) => {
      const asked = { ...day, steps, origin: day.start, width: 30n * MINUTE_NANOS, listed: 10 };
      const answer = await spans.funnelTraces(ORG, asked, bounds);
      if (answer === undefined) {
        throw new Error('not exact');
      }
      return answer;
    };
  const order = all(service('frontend'), is(intrinsic('name'), 'POST /api/orders'));
  const payment = all(service('payments'), is(intrinsic('kind'), 'server'));
  const select = is(attribute('db.system.name'), 'postgresql');
  return {
    'funnel of three steps': through(order, payment, all(select, is(intrinsic('name'), 'SELECT shop.orders'))),
    'funnel of three steps, few traces': through(all(order, longer(5_000)), payment, select),
    'funnel that every trace enters': through(service('frontend'), is(intrinsic('kind'), 'client'), select),
  };
}

/** Failures beside all other spans: by the store, and as they are read where it cannot tell. */
function comparisonQuestions(spans: StorageDriver['spans'], start: bigint): Questions {
  const day = { start: unixNanos(start), end: unixNanos(start + DAY_NANOS) };
  const hour = {
    start: unixNanos(start + DAY_NANOS / 2n),
    end: unixNanos(start + DAY_NANOS / 2n + 60n * MINUTE_NANOS),
  };
  const comparison =
    (range: typeof day, step: bigint, condition: SpanCondition = everything): Ask =>
    async (bounds) => {
      const selected = { condition: is(intrinsic('status'), 'error') };
      const asked = { ...range, condition, selected, step, valuesMax: 2_000, topN: 10, toldMax: 10_000 };
      const answer = await spans.compareSpans(ORG, asked, bounds);
      if (answer === undefined) {
        throw new Error('not exact');
      }
      return answer;
    };
  return {
    'comparison of failures, an hour': comparison(hour, 60n * MINUTE_NANOS),
    'comparison of failures, a day': comparison(day, DAY_NANOS),
    'comparison of failures, a day in steps of five minutes': comparison(day, 5n * MINUTE_NANOS),
    'comparison of failures of a service, a day': comparison(day, DAY_NANOS, service('payments')),
    'spans of an hour, which comparison looked at before': async (bounds) => {
      const scan = { ...hour, condition: everything, parts: { attributes: true }, lastVersions: true };
      return { stats: await spans.scanSpans(ORG, scan, bounds, () => undefined) };
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
    name: `traces-queries: ${name}, median ms`,
    value: percentile(wallMs, 0.5).toFixed(0),
    note: `CPU ${percentile(cpuMs, 0.5).toFixed(0)} ms, the first time ${(wallMs[0] ?? 0).toFixed(0)} ms; ${whole(rowsRead)} rows, ${(bytesRead / 1e6).toFixed(1)} MB read`,
  };
}

function total({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
