import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogMetrics, openEmbeddedLogMetrics } from '@aegisguard/ingest-ids';
import { AegisError, type IngestCount, type IngestEnvelope, type OrgId, parseOrgId } from '@aegisguard/model';
import { buildRemoteWrite } from '@aegisguard/protocols';
import type { Message } from '@aegisguard/queue';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogMetricReadings, SLOT_MS } from './log-metric-readings.ts';

const [A, B] = [parseOrgId(randomUUID()), parseOrgId(randomUUID())];
const START_MS = Date.UTC(2026, 10, 27);

let directory: string;
let nowMs: number;
let logMetrics: LogMetrics;
let readings: LogMetricReadings;
let messages: Message[];
let counts: IngestCount[];
let deleted: OrgId | undefined;
let activeSeriesMax: number | null;
let onAppend: () => void;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-readings-'));
  [nowMs, messages, counts, deleted, activeSeriesMax] = [START_MS + 1_000, [], [], undefined, null];
  onAppend = () => undefined;
  logMetrics = openEmbeddedLogMetrics({ directory, nowMs: () => nowMs });
  readings = new LogMetricReadings({
    logMetrics,
    organizations: {
      view: (orgId) => {
        if (orgId === deleted) {
          return Promise.reject(new AegisError('not-found'));
        }
        const retentionDays = { logs: 1, metrics: 7, traces: 1, rum: 1 };
        const settings = { retentionDays, activeSeriesMax, ratePerMin: null, mfaRequired: false, memberCount: 1 };
        return Promise.resolve({ orgId, name: 'A', slug: 'a', createdAt: new Date(0), ...settings });
      },
    },
    queue: {
      append: (_stream, message) => {
        messages.push(message);
        onAppend();
        return Promise.resolve({ id: '1' });
      },
    },
    ingestCounts: {
      addIngestCounts: async (added) => {
        counts.push(...added);
      },
    },
    nowMs: () => nowMs,
  });
});

afterEach(async () => {
  await logMetrics.close();
  rmSync(directory, { recursive: true });
});

async function add(orgId: OrgId, name: string, by: number, type: 'counter' | 'gauge' = 'counter'): Promise<void> {
  const metadata = { metric: name, type, unit: '', help: `what ${name} is` };
  await logMetrics.add(orgId, randomUUID(), [{ labels: [], metadata, bounds: [], set: undefined, add: [by] }]);
}

/** What was queued since the last time: `seconds since the start: value` by series; and what is known of metrics. */
async function read(orgId = A) {
  const slots = await readings.run();
  const own = messages.splice(0).filter(({ lane }) => lane === orgId);
  const samples: Record<string, string[]> = {};
  const help: string[] = [];
  for (const { headers, body } of own) {
    const envelope = JSON.parse(headers) as IngestEnvelope;
    const batch = buildRemoteWrite(body, 1, envelope, []);
    expect(envelope).toMatchObject({ signal: 'metrics', retentionDays: 7, accepted: batch.samples.count });
    help.push(...batch.metadata.map(({ metric, type, help: text }) => `${metric} ${type} ${text}`));
    for (let at = 0; at < batch.samples.count; at += 1) {
      const [[, name = ''] = []] = batch.series[batch.samples.series[at] ?? 0]?.labels ?? [];
      const seconds = ((batch.samples.timestampMs[at] ?? 0) - START_MS) / 1000;
      samples[name] = [...(samples[name] ?? []), `${seconds}: ${batch.samples.value[at]}`];
    }
  }
  // What it was before is told every slot of five minutes.
  for (const [name, [first = '', ...rest]] of Object.entries(samples)) {
    const [beginMs = 0, value] = first.split(': ').map(Number);
    const before = Array.from({ length: 20 }, (_, at) => `${beginMs + at * 15}: ${value}`);
    if (rest.length === 20) {
      expect([first, ...rest.slice(0, 19)]).toEqual(before);
      samples[name] = [`${before[19]} before`, rest[19] ?? ''];
    }
  }
  return { slots, samples, help };
}

/** Name, bound and user of the series that are read. */
async function readSeries(): Promise<readonly string[]> {
  await readings.run();
  return messages.splice(0).flatMap(({ headers, body }) =>
    buildRemoteWrite(body, 1, JSON.parse(headers) as IngestEnvelope, []).series.map(({ labels }) => {
      const { __name__: name, le, user } = Object.fromEntries(labels);
      return [name, le, user].filter((part) => part !== undefined).join(' ');
    }),
  );
}

it('a series is read once a slot, and begins with what it was', async () => {
  await add(A, 'a', 2);
  expect(await read()).toEqual({ slots: 1, samples: { a: ['-15: 0 before', '0: 2'] }, help: ['a counter what a is'] });
  expect(await read()).toMatchObject({ slots: 0, samples: {} });
  nowMs += SLOT_MS;
  await add(A, 'a', 3);
  await add(A, 'g', -1, 'gauge');
  expect((await read()).samples).toEqual({ a: ['-15: 0 before', '15: 5'], g: ['15: -1'] });
  nowMs += SLOT_MS;
  expect((await read()).samples).toEqual({ a: ['30: 5'], g: ['30: -1'] });
  nowMs += 9 * SLOT_MS;
  expect((await read()).samples).toEqual({ a: ['165: 5'], g: ['165: -1'] });
  // After a pause.
  nowMs += 40 * SLOT_MS;
  expect((await read()).samples).toEqual({});
  await add(A, 'a', 1);
  nowMs += SLOT_MS;
  expect((await read()).samples).toEqual({ a: ['750: 5 before', '780: 6'] });
});

it('organizations have their own; of a deleted one all is forgotten', async () => {
  await add(A, 'a', 1);
  await add(B, 'a', 2);
  deleted = A;
  expect((await read(B)).samples).toEqual({ a: ['-15: 0 before', '0: 2'] });
  deleted = undefined;
  nowMs += SLOT_MS;
  expect((await read(A)).samples).toEqual({});
});

it('no more series are written than an organization may have active', async () => {
  activeSeriesMax = 1;
  await add(A, 'a', 1);
  await add(A, 'b', 1);
  await add(A, 'c', 1);
  expect(Object.keys((await read()).samples)).toHaveLength(1);
  expect(counts).toMatchObject([{ orgId: A, signal: 'metrics', outcome: 'too-many-series', records: 2 }]);
});

it('of a histogram all series are written or none, and the same ones each time', async () => {
  activeSeriesMax = 9;
  const metadata = { metric: 'h', type: 'histogram', unit: '', help: 'what h is' } as const;
  const users = ['d', 'a', 'c', 'b'];
  const changes = users.map((user) => {
    return { labels: [['user', user]], metadata, bounds: [1], set: undefined, add: [1, 2, 3, 2] } as const;
  });
  await logMetrics.add(A, randomUUID(), changes);
  const kept = await readSeries();
  const owners = [...new Set(kept.map((series) => series.at(-1)))];
  expect(kept).toEqual(
    owners.flatMap((user) => ['bucket 1', 'bucket +Inf', 'sum', 'count'].map((series) => `h_${series} ${user}`)),
  );
  nowMs += SLOT_MS;
  expect(await readSeries()).toEqual(kept);
  expect(counts.map(({ records }) => records)).toEqual([8, 8]);
});

it('messages are cut by bytes, and say once what a metric is', async () => {
  const metadata = { metric: 'm', type: 'counter', unit: '', help: 'what m is' } as const;
  const changes = Array.from({ length: 600 }, (_, at) => {
    return { labels: [['user', `${at} ${'u'.repeat(990)}`]], metadata, bounds: [], set: undefined, add: [at] } as const;
  });
  await logMetrics.add(A, randomUUID(), changes);
  await readings.run();
  expect(messages).toHaveLength(4);
  expect(messages.every(({ body }) => body.length < 275_000)).toBe(true);
  const batches = messages.map(({ headers, body }) => {
    return buildRemoteWrite(body, 1, JSON.parse(headers) as IngestEnvelope, []);
  });
  expect(new Set(batches.flatMap(({ series }) => series.map(({ labels }) => labels[1]?.[1]))).size).toBe(600);
  expect(batches.map(({ samples }) => samples.count).reduce((sum, count) => sum + count)).toBe(600 * 21);
  expect(batches.flatMap((batch) => batch.metadata)).toHaveLength(1);
});

it('what fails for one organization is told, and no other’s', async () => {
  await add(A, 'a', 1);
  await add(B, 'b', 1);
  const failing = new LogMetricReadings({
    logMetrics,
    organizations: { view: () => Promise.reject(new AegisError('unavailable')) },
    queue: { append: () => Promise.reject(new Error('not asked')) },
    ingestCounts: { addIngestCounts: () => Promise.resolve() },
    nowMs: () => nowMs,
  });
  await expect(failing.run()).rejects.toMatchObject({ errors: [{ code: 'unavailable' }, { code: 'unavailable' }] });
});

it('a reading that takes longer than its slot ends, and the next one tells what began', async () => {
  await add(A, 'a', 1);
  await add(B, 'a', 1);
  onAppend = () => {
    nowMs += SLOT_MS;
  };
  await expect(readings.run()).rejects.toMatchObject({ errors: [{ message: expect.stringContaining('its slot') }] });
  const [first, ...more] = messages.splice(0).map(({ lane }) => lane);
  expect(more).toEqual([]);
  onAppend = () => undefined;
  expect((await read(first === A ? B : A)).samples).toEqual({ a: ['-15: 0 before', '15: 1'] });
});
