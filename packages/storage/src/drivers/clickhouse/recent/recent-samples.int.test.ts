import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabelMatcher, type OrgId, type SelectedSamples, setStaleMarker } from '@aegisguard/model';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  atMs,
  bitsOf,
  labelsOf,
  metricBatch,
  nativeHistogram,
  type TestMetrics,
  type TestSample,
} from '../../../conformance/metrics-under-test.ts';
import { newBatchId, newOrg, patient } from '../../../conformance/storage-under-test.ts';
import { ClickHouseDriver } from '../clickhouse-driver.ts';
import { EmbeddedEngine } from '../embedded-engine.ts';
import { tableNames } from '../log-table.ts';
import { ClickHouseMetricEncoder } from '../metric-encoder.ts';
import { selectSamples } from '../metric-sample-query.ts';
import { Deadline, QueryRunner } from '../query-runner.ts';
import { SILENT } from '../storage-logger.ts';
import { type RecentLimits, RecentSamples } from './recent-samples.ts';
import { SeriesFinder } from './series-finder.ts';

const MEBIBYTE = 1024 * 1024;
const LIMITS = {
  memoryBytesMax: 256 * MEBIBYTE,
  rowsReadMax: 1_000_000_000,
  resultBytesMax: 48 * MEBIBYTE,
  groupsMax: 200_000,
  threads: 2,
};
const METRIC_LIMITS = { seriesMax: 1_000, samplesMax: 100_000 };
const TABLES = tableNames('recent');
/** An hour past midnight. */
const NOW_MS = atMs(15 * 3600);
const LAST_HOUR = { startMs: NOW_MS - 3_600_000, endMs: NOW_MS };
const ALL: readonly LabelMatcher[] = [{ name: 'job', op: '=', value: 'j' }];

let directory: string;
let engine: EmbeddedEngine;
/** Keeps recent samples. */
let keeping: ClickHouseDriver;
/** Another program on the same engine, which keeps nothing. It has the same lanes, so the two must not read at once. */
let plain: ClickHouseDriver;

function driverOf(recentSamples?: RecentLimits): ClickHouseDriver {
  return new ClickHouseDriver({
    engine,
    database: 'recent',
    limits: LIMITS,
    metricLimits: METRIC_LIMITS,
    ...(recentSamples === undefined ? {} : { recentSamples }),
    insertMemoryBytesMax: 384 * MEBIBYTE,
    logger: SILENT,
    nowMs: () => NOW_MS,
  });
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-recent-'));
  engine = new EmbeddedEngine({ path: directory, laneCount: 3, memoryBytesMax: 640 * MEBIBYTE });
  keeping = driverOf({ bytesMax: 16 * MEBIBYTE, seriesMin: 1, followMs: undefined });
  plain = driverOf();
  await keeping.migrate();
});

afterAll(async () => {
  await keeping.close();
  rmSync(directory, { recursive: true });
});

async function insert(driver: ClickHouseDriver, org: OrgId, metrics: TestMetrics, retentionDays = 20_000) {
  const batch = { batchId: newBatchId(), receivedAtMs: NOW_MS, retentionDays };
  await driver.metrics.insert([new ClickHouseMetricEncoder().encode(org, batch, metricBatch(metrics), false)]);
}

async function read(driver: ClickHouseDriver, org: OrgId, range = LAST_HOUR, matchers: readonly LabelMatcher[] = ALL) {
  return await driver.metrics.readSamples(org, { matchers, ...range }, patient());
}

/** What can be told apart of an answer. */
function contentOf({ series }: SelectedSamples) {
  return series.map(({ timestampsMs, values, startsMs, ...others }) => ({
    ...others,
    times: [...timestampsMs],
    bits: bitsOf(values),
    starts: [...startsMs],
  }));
}

/** What is kept is what the engine has. */
async function expectSame(org: OrgId, range = LAST_HOUR, matchers: readonly LabelMatcher[] = ALL) {
  const kept = await read(keeping, org, range, matchers);
  expect(contentOf(kept)).toEqual(contentOf(await read(plain, org, range, matchers)));
  return kept;
}

/** A sample of each of so many series at every minute before the end. */
function scrapes(metric: string, series: number, ...minutesBefore: readonly number[]): TestSample[] {
  return minutesBefore.flatMap((minute) =>
    Array.from({ length: series }, (_, n) => ({
      labels: labelsOf(metric, { job: 'j', n: String(n) }),
      timestampMs: NOW_MS - minute * 60_000,
      value: n - minute,
    })),
  );
}

const BITS = new Float64Array(2);
setStaleMarker(BITS, 0);
// A NaN of other bits.
new BigUint64Array(BITS.buffer)[1] = 0x7ff8_0000_0000_0badn;

// Few times, so that they come again; some are before midnight.
const minute = fc.integer({ min: -2, max: 90 });
const sample = fc
  .record({
    metric: fc.constantFrom('a_total', 'b_total', 'c'),
    n: fc.integer({ min: 0, max: 3 }),
    minute,
    value: fc.constantFrom(0, -0, 1, 2, BITS[0] ?? 0, BITS[1] ?? 0),
    startMs: fc.constantFrom(0, 0, 0, NOW_MS - 7_200_000, NOW_MS - 7_100_000),
  })
  .map(({ metric, n, minute, value, startMs }) => ({
    labels: labelsOf(metric, { job: 'j', n: String(n) }),
    timestampMs: NOW_MS - minute * 60_000,
    value,
    startMs,
  }));
const days = fc.constantFrom(20_000, 20_001);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('insert'), fc.array(sample, { minLength: 1, maxLength: 30 }), days) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('scrape'), minute) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('histogram'), minute) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('merge')) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('delete'), fc.constantFrom(20, 60)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('drop'), fc.constantFrom('20261120', '20261121'), days) },
  {
    weight: 8,
    arbitrary: fc.tuple(
      fc.constant('read'),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: -5, max: 100 }),
      fc.constantFrom<readonly LabelMatcher[]>(
        ALL,
        [{ name: '__name__', op: '=~', value: '.*_total' }],
        [{ name: '__name__', op: '=', value: 'c' }],
        [{ name: 'n', op: '=', value: '1' }],
      ),
    ),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function take(org: OrgId, [kind, ...given]: Step): Promise<void> {
  switch (kind) {
    case 'insert':
      return await insert(plain, org, { samples: given[0] as TestSample[] }, given[1] as number);
    case 'scrape':
      return await insert(keeping, org, { samples: scrapes('a_total', 4, given[0] as number) });
    case 'histogram': {
      const timestampMs = NOW_MS - (given[0] as number) * 60_000;
      const one = { labels: labelsOf('c', { job: 'j', n: '1' }), timestampMs, histogram: nativeHistogram() };
      return await insert(plain, org, { histograms: [one] });
    }
    case 'merge':
      return await engine.command(`OPTIMIZE TABLE ${TABLES.samples} FINAL`);
    case 'delete':
      return await engine.command(
        `ALTER TABLE ${TABLES.samples} DELETE WHERE organization_id = '${org}' AND timestamp < fromUnixTimestamp64Milli(${NOW_MS - (given[0] as number) * 60_000}) SETTINGS mutations_sync = 1`,
      );
    case 'drop':
      return await engine.command(`ALTER TABLE ${TABLES.samples} DROP PARTITION ID '${given[0]}-${given[1]}'`);
    default: {
      const [first, last, matchers] = given as [number, number, readonly LabelMatcher[]];
      const range = { startMs: NOW_MS - first * 60_000, endMs: NOW_MS - last * 60_000 };
      await expectSame(org, range, matchers);
    }
  }
}

it('what is kept is what the engine has, whatever was inserted, merged, deleted and asked', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const [org, other] = [newOrg(), newOrg()];
      for (const one of steps) {
        await take(org, one);
      }
      await expectSame(org);
      await expectSame(other);
    }),
    { numRuns: 6 },
  );
});

it('reads again only what came in since, and shares times', async () => {
  const org = newOrg();
  // What was merged with what is new is read, too.
  await engine.command(`SYSTEM STOP MERGES ${TABLES.samples}`);
  const samples = [...scrapes('one', 5, 40, 30, 20), ...scrapes('two', 5, 40, 30, 20)];
  await insert(keeping, org, { samples });
  expect((await expectSame(org)).stats.rowsRead).toBeGreaterThan(30);
  const again = await expectSame(org);
  expect(again.stats.rowsRead).toBe(0);
  expect(new Set(again.series.map(({ timestampsMs }) => timestampsMs)).size).toBe(1);
  expect(again.series[0]?.timestampsMs).toBe((await read(keeping, org)).series[9]?.timestampsMs);
  // By another program; one series misses a scrape.
  await insert(plain, org, { samples: scrapes('one', 5, 10).slice(1) });
  const later = await expectSame(org);
  // Its series came again, too, so all ten are looked for.
  expect(later.stats.rowsRead).toBe(14);
  expect(again.series.map(({ values }) => values.length)).toEqual(Array(10).fill(3));
  expect(later.series.map(({ values }) => values.length)).toEqual([3, 4, 4, 4, 4, 3, 3, 3, 3, 3]);
  // Of a selection of few series nothing more is kept, but what is here is used.
  const few = await expectSame(org, LAST_HOUR, [{ name: 'n', op: '=', value: '2' }]);
  expect(few.stats.rowsRead).toBe(2);
  const earlier = { startMs: NOW_MS - 2 * 3_600_000, endMs: NOW_MS };
  await insert(plain, org, { samples: scrapes('one', 5, 100) });
  expect((await expectSame(org, earlier)).series[0]?.values).toHaveLength(4);
  expect((await expectSame(org, earlier)).stats.rowsRead).toBe(0);
  await engine.command(`SYSTEM START MERGES ${TABLES.samples}`);
});

it('questions at once read once, and one that is given up harms no other', async () => {
  const org = newOrg();
  await insert(keeping, org, { samples: scrapes('one', 5, 40, 30, 20) });
  const ofOne: readonly LabelMatcher[] = [{ name: '__name__', op: '=', value: 'one' }];
  // So little of the time since its start is not kept, but the series are known from now on.
  await read(keeping, org, { ...LAST_HOUR, endMs: NOW_MS - 3_000_000 }, ofOne);
  const client = new AbortController();
  const bounds = { signal: client.signal, timeoutMs: 60_000 };
  const givenUp = keeping.metrics.readSamples(org, { matchers: ofOne, ...LAST_HOUR }, bounds);
  const others = Array.from({ length: 3 }, () => read(keeping, org, LAST_HOUR, ofOne));
  client.abort();
  await expect(givenUp).rejects.toMatchObject({ code: 'query-cancelled' });
  const answers = await Promise.all(others);
  const expected = contentOf(await read(plain, org));
  expect(answers.map(contentOf)).toEqual([expected, expected, expected]);
  // One reads the 15 samples.
  const rowsRead = answers.map(({ stats }) => stats.rowsRead).toSorted((left, right) => left - right);
  expect(rowsRead.slice(0, 2)).toEqual([0, 0]);
  expect(rowsRead[2]).toBeGreaterThanOrEqual(15);
});

it('forgets an organization that was erased, and what a shorter retention took', async () => {
  const [org, other] = [newOrg(), newOrg()];
  for (const one of [org, other]) {
    await insert(keeping, one, { samples: scrapes('one', 3, 50, 10) });
    expect((await expectSame(one)).series).toHaveLength(3);
  }
  await keeping.erasure.erase(org, 'metric_samples');
  expect((await expectSame(org)).series).toEqual([]);
  expect((await expectSame(other)).series).toHaveLength(3);
  await insert(keeping, org, { samples: scrapes('one', 2, 5) });
  expect((await expectSame(org)).series).toHaveLength(2);
  const range = { startMs: NOW_MS - 2 * 3_600_000, endMs: NOW_MS };
  // Past midnight counts as a day later; nothing here is older than that.
  await keeping.retention.shorten(other, 'metrics', 1);
  await expectSame(other, range);
  await insert(keeping, other, { samples: scrapes('one', 3, 3) }, 20_001);
  expect((await expectSame(other, range)).series[0]?.values).toHaveLength(3);
});

it('follows what comes in, so that a merge of it with what is known need not be read', async () => {
  const org = newOrg();
  const runner = new QueryRunner(engine, LIMITS);
  const recent = new RecentSamples(
    runner,
    TABLES,
    { bytesMax: 16 * MEBIBYTE, seriesMin: 1, followMs: undefined },
    () => NOW_MS,
  );
  const finder = new SeriesFinder(runner, TABLES);
  const select = async () => {
    const reading = { runner, tables: TABLES, finder, recent, orgId: org, limits: METRIC_LIMITS };
    return await selectSamples({ ...reading, deadline: new Deadline(patient()) }, { matchers: ALL, ...LAST_HOUR });
  };
  await insert(plain, org, { samples: scrapes('one', 5, 40, 30) });
  await select();
  await insert(plain, org, { samples: scrapes('one', 5, 20) });
  await recent.follow();
  await engine.command(`OPTIMIZE TABLE ${TABLES.samples} FINAL`);
  const merged = await select();
  expect(merged.stats.rowsRead).toBe(5);
  expect(contentOf(merged)).toEqual(contentOf(await read(plain, org)));
  expect(merged.series[0]?.values).toHaveLength(3);
});

it('keeps no more than it may', async () => {
  const small = driverOf({ bytesMax: 2_000, seriesMin: 1, followMs: undefined });
  const org = newOrg();
  await insert(small, org, { samples: [...scrapes('one', 2, 40, 30), ...scrapes('two', 2, 40, 30)] });
  const of = (metric: string) => read(small, org, LAST_HOUR, [{ name: '__name__', op: '=', value: metric }]);
  expect((await of('one')).stats.rowsRead).toBeGreaterThan(2);
  expect((await of('one')).stats.rowsRead).toBe(0);
  // There is room for one of them.
  expect((await of('two')).stats.rowsRead).toBeGreaterThan(2);
  expect((await of('two')).stats.rowsRead).toBe(0);
  expect((await of('one')).stats.rowsRead).toBeGreaterThan(2);
  // More samples than may be kept are read from the engine.
  await insert(small, org, { samples: scrapes('many', 10, ...Array.from({ length: 50 }, (_, minute) => minute)) });
  const many = await of('many');
  expect(many.series.map(({ values }) => values.length)).toEqual(Array(10).fill(50));
  expect((await of('many')).stats.rowsRead).toBeGreaterThan(10);
});
