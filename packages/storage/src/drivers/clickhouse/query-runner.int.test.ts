import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedEngine } from './embedded-engine.ts';
import { Deadline, QueryRunner } from './query-runner.ts';

/** Minutes of work on any machine. */
const ENDLESS = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1';
const SOON_MS = 60_000;

describe('a query on its one lane', () => {
  let directory: string;
  let engine: EmbeddedEngine;
  let runner: QueryRunner;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'aegis-runner-'));
    engine = new EmbeddedEngine({ path: directory, laneCount: 1, memoryBytesMax: 400_000_000 });
    runner = new QueryRunner(engine, {
      memoryBytesMax: 100_000_000,
      rowsReadMax: 2_000_000_000_000,
      resultBytesMax: 1_000_000,
      groupsMax: 1000,
      threads: 1,
    });
  });

  afterAll(async () => {
    await runner.close();
    await engine.close();
    rmSync(directory, { recursive: true });
  });

  const deadline = (timeoutMs: number, signal = new AbortController().signal) => new Deadline({ signal, timeoutMs });

  it('is stopped in the engine when its client goes, and its lane is free again', async () => {
    const client = new AbortController();
    const query = runner.run(ENDLESS, deadline(60_000, client.signal));
    const next = runner.run('SELECT 1', deadline(SOON_MS));
    setImmediate(() => client.abort());
    await expect(query).rejects.toMatchObject({ code: 'query-cancelled' });
    expect((await next).rows).toEqual([[1]]);
    const running = await runner.run(
      "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%system%'",
      deadline(SOON_MS),
    );
    expect(running.rows.map(([count]) => Number(count))).toEqual([0]);
  });

  it('ends at its time limit, and its lane is free again', async () => {
    await expect(runner.run(ENDLESS, deadline(300))).rejects.toMatchObject({ code: 'query-timeout' });
    expect((await runner.run('SELECT 2', deadline(SOON_MS))).rows).toEqual([[2]]);
  });

  it('that waits for the lane longer than it has time, or whose client goes meanwhile, is not run', async () => {
    const client = new AbortController();
    const busy = runner.run(ENDLESS, deadline(60_000, client.signal));
    const late = runner.run('SELECT 3', deadline(10));
    const left = new AbortController();
    const gone = runner.run('SELECT 4', deadline(SOON_MS, left.signal));
    left.abort();
    await expect(gone).rejects.toMatchObject({ code: 'query-cancelled' });
    await expect(late).rejects.toMatchObject({ code: 'query-timeout' });
    client.abort();
    await expect(busy).rejects.toMatchObject({ code: 'query-cancelled' });
    expect((await runner.run('SELECT 5', deadline(SOON_MS))).rows).toEqual([[5]]);
  });

  it('that fails after its first rows leaves none of them to the next', async () => {
    const failing = 'SELECT number, throwIf(number = 100000) FROM numbers(200000)';
    for (let round = 0; round < 3; round += 1) {
      await expect(runner.run(failing, deadline(SOON_MS))).rejects.toMatchObject({ code: 'internal' });
      expect((await runner.run(`SELECT ${round}`, deadline(SOON_MS))).rows).toEqual([[round]]);
    }
  });

  it('is stopped when the store is closed', async () => {
    const closing = new QueryRunner(engine, {
      memoryBytesMax: 100_000_000,
      rowsReadMax: 2_000_000_000_000,
      resultBytesMax: 1_000_000,
      groupsMax: 1000,
      threads: 1,
    });
    const query = closing.run(ENDLESS, deadline(60_000));
    const waiting = closing.run('SELECT 7', deadline(60_000));
    const outcomes = Promise.allSettled([query, waiting]);
    setImmediate(() => void closing.close());
    expect(await outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'unavailable' } },
      { status: 'rejected', reason: { code: 'unavailable' } },
    ]);
    await closing.close();
  });

  it('that the engine refuses frees its lane, too', async () => {
    await expect(runner.run('SELECT', deadline(SOON_MS))).rejects.toMatchObject({ code: 'internal' });
    await expect(
      runner.run('SELECT groupArray(number) FROM numbers(100000000)', deadline(SOON_MS)),
    ).rejects.toMatchObject({ code: 'query-too-large' });
    expect((await runner.run('SELECT 6', deadline(SOON_MS))).rows).toEqual([[6]]);
  });
});
