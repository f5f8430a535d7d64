import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseOrgId } from '@aegisguard/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeLogMetrics } from '../conformance/log-metrics-conformance.ts';
import { BATCH_KNOWN_MS, type LogTotals } from '../log-metrics.ts';
import { openEmbeddedLogMetrics } from './embedded-log-metrics.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-log-metrics-'));
});

afterAll(() => rmSync(directory, { recursive: true }));

describeLogMetrics('embedded', async (nowMs, seriesMax) =>
  openEmbeddedLogMetrics({ directory: join(directory, 'shared'), nowMs, seriesMax }),
);

it('a damaged file is begun anew, and it is told; a closed one is `unavailable`', async () => {
  const path = join(directory, 'label-sets.sqlite');
  writeFileSync(path, 'x'.repeat(20_000));
  const damaged: string[] = [];
  const metrics = openEmbeddedLogMetrics({ directory, onDamaged: (lost) => damaged.push(lost) });
  expect(damaged).toEqual([path]);
  const org = parseOrgId(randomUUID());
  expect(await metrics.add(org, randomUUID(), [])).toBe(0);
  await metrics.close();
  await expect(metrics.add(org, randomUUID(), [])).rejects.toMatchObject({ code: 'unavailable' });
});

it('all batches that are a day old are forgotten with one reading', async () => {
  let nowMs = Date.UTC(2026, 10, 27);
  const path = join(directory, 'batches');
  const metrics = openEmbeddedLogMetrics({ directory: path, nowMs: () => nowMs });
  const org = parseOrgId(randomUUID());
  for (let batch = 0; batch < 2_500; batch += 1) {
    await metrics.add(org, randomUUID(), []);
  }
  nowMs += BATCH_KNOWN_MS + 1;
  await metrics.add(org, randomUUID(), []);
  for await (const _ of metrics.read(nowMs)) {
    throw new Error('nothing was changed');
  }
  await metrics.close();
  const database = new DatabaseSync(join(path, 'label-sets.sqlite'));
  expect(database.prepare('SELECT count(*) AS count FROM batches').get()).toEqual({ count: 1 });
  database.close();
});

it('a large batch lets others have turns, and nobody sees a part of it', async () => {
  const metrics = openEmbeddedLogMetrics({ directory: join(directory, 'large') });
  const org = parseOrgId(randomUUID());
  const metadata = { metric: 'm', type: 'counter', unit: '', help: '' } as const;
  const changes = Array.from({ length: 1_000 }, (_, at) => {
    return { metadata, labels: [['at', `${at}`]], bounds: [], set: undefined, add: [1] } as const;
  });
  await metrics.add(org, randomUUID(), changes);
  let turns = 0;
  let isAdding = true;
  const count = () => {
    turns += 1;
    if (isAdding) {
      setImmediate(count);
    }
  };
  setImmediate(count);
  const adding = metrics.add(org, randomUUID(), changes).then(() => {
    isAdding = false;
  });
  const reading = metrics.read(1)[Symbol.asyncIterator]();
  const { value } = await reading.next();
  await adding;
  expect(turns).toBeGreaterThan(5);
  expect(new Set(value?.totals.map(({ values: [total] }: LogTotals) => total))).toEqual(new Set([2]));
  expect(await metrics.forget(org)).toBe(1_000);
  await metrics.close();
});
