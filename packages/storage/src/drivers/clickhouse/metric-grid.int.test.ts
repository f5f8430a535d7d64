import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GRID_FUNCTIONS,
  type GridFunction,
  type GridRequest,
  isStaleMarker,
  type OrgId,
  type SeriesSamples,
  setStaleMarker,
} from '@aegisguard/model';
import { Random, referenceSamples } from '@aegisguard/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  atMs,
  insertMetrics,
  labelsOf,
  type MetricsUnderTest,
  nativeHistogram,
  type TestSample,
} from '../../conformance/metrics-under-test.ts';
import { newOrg, patient } from '../../conformance/storage-under-test.ts';
import { ClickHouseMetricEncoder } from './metric-encoder.ts';
import { openClickHouse } from './open-clickhouse.ts';

const HOUR_MS = 3_600_000;
const MATCHERS = [{ name: '__name__', op: '=~', value: 'grid.*' }] as const;
const RULED: readonly GridFunction[] = ['increase', 'last', 'rate'];

let directory: string;
let store: MetricsUnderTest;
let org: OrgId;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-grid-'));
  const driver = await openClickHouse({ kind: 'embedded', path: directory }, { nowMs: () => atMs(0) });
  await driver.migrate();
  store = {
    driver: () => driver,
    newEncoder: () => new ClickHouseMetricEncoder(),
    referenceSamples,
    naughtyStrings: undefined,
  };
  org = newOrg();
  const random = new Random(18);
  // An hour costs several inserts.
  const samples = [1, 20, 50].flatMap((hour) => randomSamples(random, hour, 2));
  await insertMetrics(store, org, { samples });
  expect(await store.driver().metrics.rollUp(atMs(0) + 60 * HOUR_MS)).toBeGreaterThan(5);
  // Of these hours rollups exist that do not know everything, or none at all.
  await insertMetrics(store, org, { samples: randomSamples(random, 21, 2) });
  await insertMetrics(store, org, { samples: randomSamples(random, 52, 1) });
});

afterAll(async () => {
  await store.driver().close();
  rmSync(directory, { recursive: true });
});

/** Four series that count, fall, pause, become stale and have NaNs; some times come twice. */
function randomSamples(random: Random, firstHour: number, hours: number): TestSample[] {
  const stale = new Float64Array(1);
  setStaleMarker(stale, 0);
  const samples: TestSample[] = [];
  for (let series = 0; series < 4; series += 1) {
    const labels = labelsOf(series < 3 ? 'grid_total' : 'grid_more', { n: String(series) });
    let value = 0;
    for (let seconds = firstHour * 3600; seconds < (firstHour + hours) * 3600; seconds += 1 + random.below(240)) {
      value = random.below(20) === 0 ? random.below(5) : value + random.below(9) / 4;
      const drawn = random.below(30);
      const stored = drawn === 0 ? (stale[0] ?? 0) : drawn === 1 ? Number.NaN : value;
      samples.push({ labels, timestampMs: atMs(seconds), value: stored });
      if (drawn === 2) {
        samples.push({ labels, timestampMs: atMs(seconds), value: value + 1 });
        seconds += random.below(5_000);
      }
    }
  }
  return samples;
}

const request: fc.Arbitrary<GridRequest> = fc
  .record({
    name: fc.constantFrom(...GRID_FUNCTIONS),
    unitMs: fc.constantFrom(60_000, 300_000, HOUR_MS),
    step: fc.integer({ min: 1, max: 15 }),
    window: fc.integer({ min: 1, max: 15 }),
    startHour: fc.integer({ min: 0, max: 6 }),
    hours: fc.integer({ min: 50, max: 54 }),
  })
  .map(({ name, unitMs, step, window, startHour, hours }) => ({
    matchers: MATCHERS,
    function: name,
    firstMs: atMs(0) + startHour * HOUR_MS,
    stepMs: unitMs * step,
    // Never below what is taken over by a rule.
    points: Math.ceil((hours * HOUR_MS) / (unitMs * step)) + 1,
    windowMs: unitMs * window,
  }));

it('what is taken over from rollups is what the samples give', async () => {
  const { metrics } = store.driver();
  const range = { startMs: atMs(0) - 20 * HOUR_MS, endMs: atMs(0) + 70 * HOUR_MS };
  const { series } = await metrics.readSamples(org, { matchers: MATCHERS, ...range }, patient());
  await fc.assert(
    fc.asyncProperty(request, async (asked) => {
      const answer = await metrics.readGrid?.(org, asked, patient());
      expect(answer?.rule === undefined).toBe(!RULED.includes(asked.function));
      const expected = series.map((one) => ({ labels: one.labels, points: expectedPoints(one, asked) }));
      expect(
        answer?.series.map(({ labels, isPresent, values }) => ({
          labels,
          points: [...values].map((value, point) => (isPresent[point] === 1 ? rounded(value) : undefined)),
        })),
      ).toEqual(expected.filter(({ points }) => points.some((point) => point !== undefined)));
    }),
    { numRuns: 25 },
  );
});

it('short ranges, windows that are no whole buckets, and metrics with histograms are not taken over', async () => {
  const { metrics } = store.driver();
  const taken = {
    matchers: MATCHERS,
    function: 'max_over_time',
    firstMs: atMs(0) + 8 * HOUR_MS,
    stepMs: HOUR_MS,
    points: 45,
    windowMs: HOUR_MS,
  } as const;
  const read = async (change: Partial<GridRequest>) =>
    await metrics.readGrid?.(org, { ...taken, ...change }, patient());
  expect((await read({}))?.series).toHaveLength(4);
  expect(await read({ points: 2 })).toBeUndefined();
  expect(await read({ windowMs: 90_000 })).toBeUndefined();
  expect(await read({ stepMs: HOUR_MS + 1 })).toBeUndefined();
  expect(await read({ firstMs: taken.firstMs + 1 })).toBeUndefined();
  expect(await read({ function: 'rate' })).toBeUndefined();
  expect((await metrics.readGrid?.(newOrg(), taken, patient()))?.series).toEqual([]);
  const histogram = { labels: labelsOf('grid_histogram'), timestampMs: taken.firstMs, histogram: nativeHistogram() };
  const other = newOrg();
  await insertMetrics(store, other, { histograms: [histogram] });
  expect(await metrics.readGrid?.(other, taken, patient())).toBeUndefined();
});

/** By the words of the contract and, of what is taken over by a rule, of the rule. */
function expectedPoints(series: SeriesSamples, asked: GridRequest): (number | undefined)[] {
  const samples = withIncreases(series);
  return Array.from({ length: asked.points }, (_, point) => {
    const endMs = asked.firstMs + point * asked.stepMs;
    const inside = samples.filter(({ timeMs }) => timeMs > endMs - asked.windowMs && timeMs <= endMs);
    const values = inside.map(({ value }) => value);
    const increase = inside.reduce((sum, sample) => sum + sample.increase, 0);
    const result = values.length === 0 ? undefined : resultOf(asked, values, increase);
    return result === undefined ? undefined : rounded(result);
  });
}

/** Samples that are values, and how much each has risen since the last number before it, which is of the same hour or the one before. */
function withIncreases({ timestampsMs, values }: SeriesSamples) {
  let previous = { timeMs: Number.NEGATIVE_INFINITY, value: Number.NaN };
  return [...timestampsMs]
    .map((timeMs, index) => {
      const value = values[index] ?? 0;
      const isKnown = previous.timeMs > Math.ceil(timeMs / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
      const isRise = isKnown && !Number.isNaN(value);
      const increase = isRise ? (value < previous.value ? value : value - previous.value) : 0;
      previous = Number.isNaN(value) ? previous : { timeMs, value };
      return { timeMs, value, increase, isStale: isStaleMarker(values, index) };
    })
    .filter(({ isStale }) => !isStale);
}

function resultOf(asked: GridRequest, values: readonly number[], increase: number): number | undefined {
  const sum = values.reduce((total, value) => total + value, 0);
  const numbers = values.filter((value) => !Number.isNaN(value));
  switch (asked.function) {
    case 'avg_over_time':
      return sum / values.length;
    case 'count_over_time':
      return values.length;
    case 'increase':
      return values.length < 2 ? undefined : increase;
    case 'rate':
      return values.length < 2 ? undefined : increase / (asked.windowMs / 1000);
    case 'last':
    case 'last_over_time':
      return values.at(-1);
    case 'max_over_time':
      return numbers.length === 0 ? Number.NaN : Math.max(...numbers);
    case 'min_over_time':
      return numbers.length === 0 ? Number.NaN : Math.min(...numbers);
    case 'present_over_time':
      return 1;
    case 'sum_over_time':
      return sum;
  }
}

/** To nine digits: sums are added in another order. */
function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
