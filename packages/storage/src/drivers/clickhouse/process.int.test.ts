import { type ExecFileException, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertSpans, spanBatch } from '../../conformance/span-under-test.ts';
import { ALL_TIME, at, encodeBatch, newOrg, patient, testBatch } from '../../conformance/storage-under-test.ts';
import { clickHouseLogEncoder } from './log-encoder.ts';
import { openClickHouse } from './open-clickhouse.ts';
import { clickHouseSpanEncoder } from './span-encoder.ts';

const PROGRAM = join(import.meta.dirname, '../../conformance/use-and-close.ts');

interface Ended {
  readonly error: ExecFileException | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program that uses a store and closes it, to its end. */
function useAndClose(directory: string): Promise<Ended> {
  return new Promise((resolve) => {
    const args = ['--conditions=@aegisguard/source', PROGRAM, directory];
    execFile(process.execPath, args, { timeout: 50_000, killSignal: 'SIGKILL' }, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    );
  });
}

describe('a store in the process', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'aegis-process-'));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('lets the process end once it is closed, after heavy use and abandoned queries', async () => {
    const { error, stdout, stderr } = await useAndClose(join(directory, 'ends'));
    expect(stderr).toBe('');
    expect(error).toBeNull();
    expect(stdout).toMatch(/^\d+ answered\n$/);
  });

  it('is refused to a second process, and to a second opening in the same one, in a plain sentence', async () => {
    const path = join(directory, 'shared');
    const driver = await openClickHouse({ kind: 'embedded', path }, { queryLanes: 1 });
    await expect(openClickHouse({ kind: 'embedded', path })).rejects.toThrow(/already open in this process/);
    const { error, stderr } = await useAndClose(path);
    expect(error?.code).toBe(1);
    expect(stderr).toContain(`is in use by process ${process.pid}. Only one process at a time can have it open.`);
    // The one that has it goes on undisturbed.
    await driver.migrate();
    await driver.ping();
    await driver.close();
  });

  it('is refused where the engine would read its path as a pattern', async () => {
    const path = join(directory, 'a{b}');
    mkdirSync(path);
    await expect(openClickHouse({ kind: 'embedded', path })).rejects.toThrow(/must not contain/);
  });

  it('refuses work after it was closed, and opens again with everything', async () => {
    const path = join(directory, 'again');
    const org = newOrg();
    const batch = testBatch([{ message: 'kept' }]);
    const search = { ...ALL_TIME, matchers: [], lineFilters: [], limit: 5, direction: 'forward' as const };
    const first = await openClickHouse({ kind: 'embedded', path }, { queryLanes: 1 });
    await first.migrate();
    await first.logs.insert([encodeBatch(clickHouseLogEncoder, org, batch)]);
    await first.close();
    await first.close();
    await expect(first.logs.searchLogs(org, search, patient())).rejects.toMatchObject({ code: 'unavailable' });
    const late = encodeBatch(clickHouseLogEncoder, org, batch);
    await expect(first.logs.insert([late])).rejects.toMatchObject({ code: 'unavailable' });
    const second = await openClickHouse({ kind: 'embedded', path }, { queryLanes: 1 });
    await second.migrate();
    expect((await second.logs.searchLogs(org, search, patient())).logs).toMatchObject([{ message: 'kept' }]);
    await second.close();
  });

  it('bounds what one query may read, group and answer', async () => {
    const org = newOrg();
    const rows = Array.from({ length: 2000 }, (_, n) => ({ timestamp: at(n), message: `${n}`.repeat(2000) }));
    const search = { ...ALL_TIME, matchers: [], lineFilters: [], limit: 2000, direction: 'forward' as const };
    const count = {
      ...ALL_TIME,
      matchers: [],
      lineFilters: [],
      origin: at(0),
      bucket: 1n,
      edges: '[)' as const,
      by: [],
      of: 'logs' as const,
    };
    const path = join(directory, 'bounded');
    for (const [options, isSearch] of [
      [{ rowsReadMax: 100 }, false],
      [{ groupsMax: 100 }, false],
      [{ resultBytesMax: 10_000 }, true],
      [{ queryMemoryBytesMax: 10_000_000 }, true],
    ] as const) {
      const driver = await openClickHouse({ kind: 'embedded', path }, { queryLanes: 1, ...options });
      await driver.migrate();
      await driver.logs.insert([encodeBatch(clickHouseLogEncoder, org, testBatch(rows))]);
      const run = isSearch
        ? driver.logs.searchLogs(org, search, patient())
        : driver.logs.countLogs(org, count, patient());
      await expect(run, JSON.stringify(options)).rejects.toMatchObject({ code: 'query-too-large' });
      await driver.close();
    }
  });

  it('cuts a search for traces into parts that fit', async () => {
    const path = join(directory, 'cut');
    const driver = await openClickHouse({ kind: 'embedded', path }, { queryLanes: 1, groupsMax: 1_200 });
    await driver.migrate();
    const org = newOrg();
    const spans = Array.from({ length: 5_000 }, (_, n) => ({
      startTime: at(n % 3_000),
      durationNanos: BigInt((n * 7919) % 5_000),
    }));
    const store = { driver: () => driver, spanEncoder: clickHouseSpanEncoder };
    await insertSpans(store, org, spanBatch(spans));
    const isLong = { kind: 'compare', field: { kind: 'intrinsic', name: 'duration' }, op: '>', value: 0n } as const;
    const search = { ...ALL_TIME, conditions: [isLong], limit: 3 };
    const slowest = await driver.spans.findTraces(org, { ...search, sort: 'slowest' }, patient());
    expect(slowest.traces.map(({ key }) => key)).toEqual([4_999n, 4_998n, 4_997n]);
    const newest = await driver.spans.findTraces(org, { ...search, sort: 'newest' }, patient());
    expect(newest.traces.map(({ key }) => key)).toEqual([at(2_999), at(2_998), at(2_997)]);
    // Within a second there is nothing to cut.
    const crowd = spanBatch(Array.from({ length: 1_500 }, () => ({ startTime: at(-40) })));
    await insertSpans(store, org, crowd);
    const crowded = { ...search, start: at(-41), end: at(-39) };
    await expect(driver.spans.findTraces(org, { ...crowded, sort: 'newest' }, patient())).rejects.toMatchObject({
      code: 'query-too-large',
    });
    expect((await driver.spans.findTraces(org, { ...crowded, sort: 'slowest' }, patient())).traces).toHaveLength(3);
    await driver.close();
  });
});
