import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrgId } from '@aegisguard/model';
import { Random, referenceSamples } from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  atMs,
  insertMetrics,
  labelsOf,
  type MetricsUnderTest,
  metricBatch,
  type TestSample,
} from '../../conformance/metrics-under-test.ts';
import { newOrg } from '../../conformance/storage-under-test.ts';
import { ClickHouseDriver } from './clickhouse-driver.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { tableNames } from './log-table.ts';
import { ClickHouseMetricEncoder } from './metric-encoder.ts';
import { minutesInsert, widerInsert } from './metric-rollup-sql.ts';
import { SILENT } from './storage-logger.ts';

const MEBIBYTE = 1024 * 1024;
const DATABASE = 'rollups';
const HOUR = 3600;

let directory: string;
let engine: EmbeddedEngine;
let driver: ClickHouseDriver;
let store: MetricsUnderTest;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-rollups-'));
  engine = new EmbeddedEngine({ path: directory, laneCount: 2, memoryBytesMax: 640 * MEBIBYTE });
  driver = driverWith(200_000, 384 * MEBIBYTE);
  await driver.migrate();
  store = {
    driver: () => driver,
    newEncoder: () => new ClickHouseMetricEncoder(),
    referenceSamples,
    naughtyStrings: undefined,
  };
});

/** Drivers of one engine and database stand for several processes. */
function driverWith(groupsMax: number, insertMemoryBytesMax: number): ClickHouseDriver {
  return new ClickHouseDriver({
    engine,
    database: DATABASE,
    limits: {
      memoryBytesMax: 256 * MEBIBYTE,
      rowsReadMax: 1_000_000_000,
      resultBytesMax: 48 * MEBIBYTE,
      groupsMax,
      threads: 2,
    },
    metricLimits: { seriesMax: 50, samplesMax: 10_000 },
    insertMemoryBytesMax,
    logger: SILENT,
    nowMs: Date.now,
  });
}

afterAll(async () => {
  await driver.close();
  rmSync(directory, { recursive: true });
});

interface Bucket {
  readonly series: string;
  /** Seconds after 10:00. */
  readonly end: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly first: number;
  readonly last: number;
  readonly lastAt: number;
  readonly increase: number;
}

/** The stored rollups of one width, of buckets that have values. */
async function storedBuckets(org: OrgId, width: '1m' | '5m' | '1h'): Promise<Bucket[]> {
  const tables = tableNames(DATABASE);
  const table = { '1m': tables.rollups1m, '5m': tables.rollups5m, '1h': tables.rollups1h }[width];
  // Numbers as texts, because JSON knows no NaN.
  const { rows } = await engine.select(
    0,
    `SELECT toString(series_id), toUnixTimestamp(bucket_end), count, toString(sum), toString(min), toString(max), toString(first), toString(last), last_ms, toString(increase) FROM ${table} FINAL WHERE organization_id = '${org}' AND count > 0 ORDER BY series_id, bucket_end`,
  );
  return rows.map(([series, end, count, sum, min, max, first, last, lastMs, increase]) => ({
    series: String(series),
    end: Number(end) - atMs(0) / 1000,
    count: Number(count),
    sum: Number(sum),
    min: Number(min),
    max: Number(max),
    first: Number(first),
    last: Number(last),
    lastAt: (Number(lastMs) - atMs(0)) / 1000,
    increase: Number(increase),
  }));
}

/** The same from all samples, by the words of the ADR. */
function expectedBuckets(samples: readonly TestSample[], stale: ReadonlySet<TestSample>, width: number): Bucket[] {
  const { series, samples: columns } = metricBatch({ samples });
  const bySeries = new Map<string, Map<number, TestSample>>();
  for (const [row, sample] of samples.entries()) {
    const id = String(series[columns.series[row] ?? 0]?.id);
    const byTime = bySeries.get(id) ?? new Map<number, TestSample>();
    bySeries.set(id, byTime);
    const other = byTime.get(sample.timestampMs);
    if (other === undefined || bits(sample, stale) > bits(other, stale)) {
      byTime.set(sample.timestampMs, sample);
    }
  }
  const buckets: Bucket[] = [];
  for (const [id, byTime] of bySeries) {
    const values = [...byTime.values()]
      .filter((sample) => !stale.has(sample))
      .sort((left, right) => left.timestampMs - right.timestampMs)
      .map(({ timestampMs, value }) => ({ at: (timestampMs - atMs(0)) / 1000, value }));
    for (const end of new Set(values.map(({ at }) => Math.ceil(at / width) * width))) {
      buckets.push(bucketOf(id, end, width, values));
    }
  }
  return buckets;
}

function bucketOf(
  series: string,
  end: number,
  width: number,
  values: readonly { at: number; value: number }[],
): Bucket {
  const own = values.filter(({ at }) => at > end - width && at <= end);
  const numbers = own.map(({ value }) => value).filter((value) => !Number.isNaN(value));
  let increase = 0;
  for (const { at, value } of own.filter((one) => !Number.isNaN(one.value))) {
    const hourStart = Math.ceil(at / HOUR) * HOUR - HOUR;
    const before = values.filter((one) => one.at < at && one.at > hourStart - HOUR && !Number.isNaN(one.value)).at(-1);
    increase += before === undefined ? 0 : value < before.value ? value : value - before.value;
  }
  return {
    series,
    end,
    count: own.length,
    sum: own.reduce((sum, { value }) => sum + value, 0),
    min: numbers.length === 0 ? Number.NaN : Math.min(...numbers),
    max: numbers.length === 0 ? Number.NaN : Math.max(...numbers),
    first: own[0]?.value ?? Number.NaN,
    last: own.at(-1)?.value ?? Number.NaN,
    lastAt: own.at(-1)?.at ?? Number.NaN,
    increase,
  };
}

const STALE = 0x7ff0000000000002n;

function bits(sample: TestSample, stale: ReadonlySet<TestSample>): bigint {
  return stale.has(sample) ? STALE : (new BigUint64Array(Float64Array.of(sample.value).buffer)[0] ?? 0n);
}

/** Writes samples, some of them as staleness markers. */
async function write(org: OrgId, samples: readonly TestSample[], stale: ReadonlySet<TestSample>): Promise<void> {
  const batch = { batchId: crypto.randomUUID(), receivedAtMs: atMs(0), retentionDays: 20_000 };
  const metrics = metricBatch({ samples });
  const words = new BigUint64Array(metrics.samples.value.buffer);
  for (const [row, sample] of samples.entries()) {
    if (stale.has(sample)) {
      words[row] = STALE;
    }
  }
  await driver.metrics.insert([store.newEncoder().encode(org, batch, metrics, false)]);
}

async function expectRollups(org: OrgId, samples: readonly TestSample[], stale: ReadonlySet<TestSample>) {
  for (const [width, seconds] of [
    ['1m', 60],
    ['5m', 300],
    ['1h', HOUR],
  ] as const) {
    const key = ({ series, end }: Bucket) => `${series} ${end}`;
    const byKey = (buckets: readonly Bucket[]) => buckets.map(key).sort();
    const stored = await storedBuckets(org, width);
    const expected = new Map(expectedBuckets(samples, stale, seconds).map((bucket) => [key(bucket), bucket]));
    expect(byKey(stored)).toEqual([...expected.keys()].sort());
    for (const { sum, increase, ...rest } of stored) {
      const {
        sum: wantedSum,
        increase: wantedIncrease,
        ...wanted
      } = expected.get(`${rest.series} ${rest.end}`) as Bucket;
      expect(rest).toEqual(wanted);
      expectClose(sum, wantedSum);
      expectClose(increase, wantedIncrease);
    }
  }
}

function expectClose(actual: number, wanted: number): void {
  if (Number.isNaN(wanted)) {
    expect(actual).toBeNaN();
  } else {
    expect(Math.abs(actual - wanted)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(wanted)));
  }
}

/** Counters with resets and gauges, at uneven times, some NaN, some stale, some twice, some at a bucket's very end. */
function randomSamples(random: Random, toSeconds: number, stale: Set<TestSample>): TestSample[] {
  return Array.from({ length: 6 }, (_, n) => randomSeries(random, n, toSeconds, stale)).flat();
}

function randomSeries(random: Random, n: number, toSeconds: number, stale: Set<TestSample>): TestSample[] {
  const happens = (oneOf: number) => random.below(oneOf) === 0;
  const labels = labelsOf(n < 4 ? 'requests_total' : 'temperature', { n: String(n) });
  const samples: TestSample[] = [];
  let counter = random.below(100);
  for (let at = 1 + random.below(20); at <= toSeconds; at += 1 + random.below(150)) {
    counter = happens(30) ? random.below(5) : counter + random.below(40) / 4;
    const value = n < 4 ? counter : random.below(1000) / 7 - 50;
    const seconds = Math.min(happens(5) ? Math.ceil(at / 60) * 60 : at, toSeconds);
    const sample = { labels, timestampMs: atMs(seconds), value: happens(25) ? Number.NaN : value };
    const twice = happens(10) ? [{ ...sample, value: happens(3) ? value + 1 : value }] : [];
    samples.push(sample, ...twice);
    if (happens(20)) {
      stale.add(sample);
    }
  }
  return samples;
}

describe('rollups', () => {
  it('are what the samples of ended hours say, with resets, markers, samples that came twice, late or in pieces', async () => {
    const random = new Random(42);
    const orgs = [newOrg(), newOrg()].map((org) => {
      const stale = new Set<TestSample>();
      const samples = randomSamples(random, 3 * HOUR, stale);
      return { org, stale, samples, inTime: samples.filter(() => random.below(12) > 0) };
    });
    for (const { org, stale, inTime } of orgs) {
      await write(org, inTime, stale);
    }
    expect(await driver.metrics.rollUp(atMs(HOUR + 299))).toBe(0);
    expect(await driver.metrics.rollUp(atMs(HOUR + 300))).toBe(2);
    expect(await driver.metrics.rollUp(atMs(3 * HOUR + 300))).toBe(4);
    for (const { org, stale, samples, inTime } of orgs) {
      await expectRollups(org, inTime, stale);
      const known = new Set(inTime);
      await write(
        org,
        samples.filter((sample) => !known.has(sample)),
        stale,
      );
    }
    expect(await driver.metrics.rollUp(atMs(3 * HOUR + 300))).toBe(6);
    expect(await driver.metrics.rollUp(atMs(3 * HOUR + 300))).toBe(0);
    for (const { org, samples, stale } of orgs) {
      await expectRollups(org, samples, stale);
      // Redelivery makes hours dirty, and changes nothing.
      await write(org, samples, stale);
    }
    expect(await driver.metrics.rollUp(atMs(9 * HOUR))).toBe(6);
    for (const { org, samples, stale } of orgs) {
      await expectRollups(org, samples, stale);
    }
  });

  it('of an hour count the increase since the hour before, also when that came later', async () => {
    const org = newOrg();
    const counter = (seconds: number, value: number) => ({ labels: labelsOf('c'), timestampMs: atMs(seconds), value });
    await insertMetrics(store, org, { samples: [counter(HOUR + 30, 10), counter(HOUR + 90, 12)] });
    expect(await driver.metrics.rollUp(atMs(3 * HOUR))).toBe(1);
    expect((await storedBuckets(org, '1h')).map(({ increase }) => increase)).toEqual([2]);
    await insertMetrics(store, org, { samples: [counter(HOUR, 4)] });
    expect(await driver.metrics.rollUp(atMs(3 * HOUR))).toBe(2);
    expect((await storedBuckets(org, '1h')).map(({ increase }) => increase)).toEqual([0, 8]);
    expect((await storedBuckets(org, '1m')).map(({ end, increase }) => [end, increase])).toEqual([
      [HOUR, 0],
      [HOUR + 60, 6],
      [HOUR + 120, 2],
    ]);
  });

  it('are computed in calls side by side as by one', async () => {
    const org = newOrg();
    await insertMetrics(store, org, {
      samples: Array.from({ length: 30 }, (_, n) => ({
        labels: labelsOf('c'),
        timestampMs: atMs((n + 1) * 600),
        value: n,
      })),
    });
    const calls = await Promise.all([1, 2, 3].map(() => driver.metrics.rollUp(atMs(10 * HOUR))));
    expect(calls).toEqual([5, 0, 0]);
  });
});

describe('rollups of many organizations', () => {
  it('go on where one hour cannot be computed, whatever the number of hours; it is tried again later', async () => {
    const [hostile, ...others] = [newOrg(), newOrg(), newOrg(), newOrg()];
    const dense = Array.from({ length: 400_000 }, (_, n) => ({
      labels: labelsOf('dense'),
      timestampMs: atMs(1) + n,
      value: n,
    }));
    await insertMetrics(store, hostile, { samples: dense });
    for (const org of others) {
      await insertMetrics(store, org, {
        samples: [2, HOUR + 2].map((seconds) => ({ labels: labelsOf('c'), timestampMs: atMs(seconds), value: 1 })),
      });
    }
    const poor = driverWith(4, 24 * MEBIBYTE);
    await expect(poor.metrics.rollUp(atMs(3 * HOUR))).rejects.toThrow('the rollups of 1 hours could not be computed');
    for (const org of others) {
      expect((await storedBuckets(org, '1h')).map(({ count }) => count)).toEqual([1, 1]);
    }
    expect(await poor.metrics.rollUp(atMs(3 * HOUR) + 1)).toBe(0);
    await expect(poor.metrics.rollUp(atMs(5 * HOUR))).rejects.toThrow('could not be computed');
    expect(await driver.metrics.rollUp(atMs(5 * HOUR))).toBe(1);
    expect((await storedBuckets(hostile, '1h')).map(({ count, increase }) => [count, increase])).toEqual([
      [400_000, 399_999],
    ]);
  });

  it('are not doubled by a process that began in the same millisecond', async () => {
    const org = newOrg();
    const samples = [10, 70].map((seconds) => ({ labels: labelsOf('c'), timestampMs: atMs(seconds), value: seconds }));
    await insertMetrics(store, org, { samples });
    const slice = { orgId: org, hourEndMs: atMs(HOUR), retentionDays: 20_000, version: 1, slice: 0, slices: 1 };
    const tables = tableNames(DATABASE);
    await engine.command(minutesInsert(tables, slice));
    await engine.command(minutesInsert(tables, slice));
    await engine.command(widerInsert(tables, slice, 3600));
    expect((await storedBuckets(org, '1h')).map(({ count, sum, increase }) => [count, sum, increase])).toEqual([
      [2, 80, 60],
    ]);
  });
});

describe('queries of metrics', () => {
  it('are refused past their bounds, by a sentence that names them', async () => {
    const org = newOrg();
    const samples = Array.from({ length: 51 }, (_, n) => ({
      labels: labelsOf(n < 50 ? 'few' : 'more', { n: String(n) }),
      timestampMs: atMs(1),
      value: n,
    }));
    const many = Array.from({ length: 10_001 }, (_, n) => ({
      labels: labelsOf('many'),
      timestampMs: atMs(n),
      value: n,
    }));
    await insertMetrics(store, org, { samples: [...samples, ...many] });
    const read = (value: string) =>
      driver.metrics.readSamples(
        org,
        { matchers: [{ name: '__name__', op: '=~', value }], startMs: atMs(-1), endMs: atMs(20_000) },
        { signal: new AbortController().signal, timeoutMs: 30_000 },
      );
    expect((await read('few')).series).toHaveLength(50);
    await expect(read('few|more')).rejects.toMatchObject({
      code: 'query-too-large',
      detail: 'The query selects more than 50 series.',
    });
    await expect(read('many')).rejects.toMatchObject({
      code: 'query-too-large',
      detail: 'The query selects more than 10000 samples.',
    });
  });
});
