import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOrgId } from '@aegisguard/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeLogMetrics } from '../conformance/log-metrics-conformance.ts';
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
