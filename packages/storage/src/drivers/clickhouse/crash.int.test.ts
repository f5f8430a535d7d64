import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CRASH_TRACE_ID } from '../../conformance/span-under-test.ts';
import { newOrg, RECEIVED_AT_MS } from '../../conformance/storage-under-test.ts';
import { openClickHouse } from './open-clickhouse.ts';

const PROGRAM = join(import.meta.dirname, '../../conformance/insert-until-killed.ts');
const BATCH_ROWS = 200;

describe('a process killed while it inserts', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'aegis-crash-'));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  /** Ids of the batches whose insert was through when the process was killed, some time after the given number of them. */
  async function insertAndKill(org: string, afterLines: number): Promise<string[]> {
    const child = spawn(process.execPath, ['--conditions=@aegisguard/source', PROGRAM, directory, org], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === afterLines) {
        child.kill('SIGKILL');
      }
    }
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit');
    }
    expect(child.signalCode).toBe('SIGKILL');
    return lines;
  }

  it('leaves every completed insert, and a store that opens again with its usage in order', async () => {
    const org = newOrg();
    const completed: string[] = [];
    for (const afterLines of [5, 25, 60]) {
      completed.push(...(await insertAndKill(org, afterLines)));
    }
    const driver = await openClickHouse(
      { kind: 'embedded', path: directory },
      { queryLanes: 1, nowMs: () => RECEIVED_AT_MS },
    );
    await driver.migrate();
    const lost: string[] = [];
    for (const batchId of completed) {
      const sizes = await Promise.all(
        [driver.logs, driver.spans, driver.rum].map(async (rows) => (await rows.storedIndexes(org, batchId)).size),
      );
      if (sizes.join() !== `${BATCH_ROWS},20,20`) {
        lost.push(batchId);
      }
    }
    const whole = {
      matchers: [],
      lineFilters: [],
      start: 0n as never,
      end: (2n ** 62n) as never,
      origin: 0n as never,
      bucket: 2n ** 62n,
      edges: '[)' as const,
      by: [],
      of: 'logs' as const,
    };
    const bounds = { signal: new AbortController().signal, timeoutMs: 30_000 };
    const { series } = await driver.logs.countLogs(org, whole, bounds);
    const { spans } = await driver.spans.readTrace(org, CRASH_TRACE_ID, 1_000_000, bounds);
    const { events } = await driver.rum.readSession(org, 's-1', 1_000_000, bounds);
    const usage = await driver.readDailyUsage(org, '2026-11-20', '2026-11-20');
    await driver.close();
    expect(completed.length).toBeGreaterThanOrEqual(90);
    expect(lost).toEqual([]);
    const stored = series[0]?.counts[0] ?? 0;
    expect(stored).toBeGreaterThanOrEqual(completed.length * BATCH_ROWS);
    expect(usage).toMatchObject([{ logsCount: stored, spansCount: spans.length, rumCount: events.length }]);
  });
});
