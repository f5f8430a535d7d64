import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertRum, rumBatch } from '../../conformance/rum-under-test.ts';
import { insertSpans, spanBatch } from '../../conformance/span-under-test.ts';
import { insert, newOrg, RECEIVED_AT_MS, testBatch } from '../../conformance/storage-under-test.ts';
import { ClickHouseDriver } from './clickhouse-driver.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import { clickHouseLogEncoder } from './log-encoder.ts';
import { tableNames } from './log-table.ts';
import { clickHouseRumEncoder } from './rum-encoder.ts';
import { clickHouseSpanEncoder } from './span-encoder.ts';
import { SILENT } from './storage-logger.ts';
import { UncleanMark } from './unclean-mark.ts';

const MEBIBYTE = 1024 * 1024;
const DAY = '2026-11-20';

describe('usage that a crash cut off', () => {
  let directory: string;
  let engine: EmbeddedEngine;
  let driver: ClickHouseDriver;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'aegis-usage-'));
    engine = new EmbeddedEngine({ path: directory, laneCount: 1, memoryBytesMax: 640 * MEBIBYTE });
    driver = openDriver();
    await driver.migrate();
  });

  afterAll(async () => {
    await driver.close();
    rmSync(directory, { recursive: true });
  });

  function openDriver(uncleanMark?: UncleanMark): ClickHouseDriver {
    return new ClickHouseDriver({
      engine,
      database: 'usage',
      limits: {
        memoryBytesMax: 256 * MEBIBYTE,
        rowsReadMax: 1_000_000,
        resultBytesMax: 48 * MEBIBYTE,
        groupsMax: 200_000,
        threads: 1,
      },
      metricLimits: { seriesMax: 1000, samplesMax: 10_000 },
      insertMemoryBytesMax: 384 * MEBIBYTE,
      logger: SILENT,
      ...(uncleanMark === undefined ? {} : { uncleanMark }),
      nowMs: () => RECEIVED_AT_MS,
    });
  }

  /** What a start does when the process before it was killed: its mark is still there. */
  async function startAfterCrash(): Promise<void> {
    new UncleanMark(directory);
    const mark = new UncleanMark(directory);
    expect(mark.wasUnclean).toBe(true);
    await openDriver(mark).migrate();
    expect(mark.wasUnclean).toBe(false);
  }

  it('is mended for every signal from what is stored, and only where it was cut off', async () => {
    const store = {
      driver: () => driver,
      encoder: clickHouseLogEncoder,
      spanEncoder: clickHouseSpanEncoder,
      rumEncoder: clickHouseRumEncoder,
    };
    const [org, other] = [newOrg(), newOrg()];
    await insert(store, org, testBatch([{ attributes: { id: 'x'.repeat(50) } }, {}]));
    await insertSpans(store, org, spanBatch([{ statusMessage: 'late' }, {}, {}]));
    await insertRum(store, org, rumBatch([{ data: [1, 2] }, {}, {}, {}]));
    await insertSpans(store, other, spanBatch([{}]));
    const before = await driver.readDailyUsage(org, DAY, DAY);
    expect(before).toMatchObject([{ logsCount: 2, spansCount: 3, rumCount: 4 }]);
    await startAfterCrash();
    expect(await driver.readDailyUsage(org, DAY, DAY)).toEqual(before);
    await engine.command(`TRUNCATE TABLE ${tableNames('usage').usage}`);
    // This one is counted, so that of this organization only a part is missing.
    await insertSpans(store, other, spanBatch([{}]));
    await startAfterCrash();
    expect(await driver.readDailyUsage(org, DAY, DAY)).toEqual(before);
    expect(await driver.readDailyUsage(other, DAY, DAY)).toMatchObject([{ logsCount: 0, spansCount: 2 }]);
  });
});
