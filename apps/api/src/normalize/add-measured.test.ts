import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogMetrics, openEmbeddedLogMetrics } from '@aegisguard/ingest-ids';
import {
  AegisError,
  DEFAULT_PRIVACY_POLICY,
  type IngestCount,
  type IngestEnvelope,
  LogPipelines,
  parseOrgId,
} from '@aegisguard/model';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { IngestCounter } from '../platform/ingest-counter.ts';
import { addMeasured } from './add-measured.ts';
import { normalizeBatch } from './normalize-batch.ts';

// What a batch does to metrics is done once, wherever its worker dies.

const ORG = parseOrgId('00000000-0000-7000-8000-000000000001');
const PRIVACY = { version: 0, policyText: JSON.stringify(DEFAULT_PRIVACY_POLICY), hashKey: new Uint8Array(32) };
/** Counters of logs by their user. */
const counting = (...names: readonly string[]) =>
  LogPipelines.parse({
    rules: names.map((name) => ({
      name,
      steps: [{ kind: 'metric', type: 'counter', name, labels: { user: '' }, source: 'user' }],
    })),
  });

let directory: string;
let logMetrics: LogMetrics;
let counted: IngestCount[];
let counter: IngestCounter;
let slot = 1;
let nextBatch = 1;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aegis-measured-'));
  logMetrics = openEmbeddedLogMetrics({ directory });
  counted = [];
  const store = { addIngestCounts: async (all: readonly IngestCount[]) => void counted.push(...all) };
  counter = new IngestCounter({ ...store, readIngestCounts: async () => [] }, pino({ level: 'silent' }), () => 0);
});

afterEach(async () => {
  await logMetrics.close();
  rmSync(directory, { recursive: true });
});

interface Sent {
  readonly envelope: IngestEnvelope;
  readonly text: string;
}

function batchOf(users: readonly string[]): Sent {
  const logs = users.map((user) => ({ service: 's', message: 'x', attributes: { user } }));
  const envelope: IngestEnvelope = {
    v: 1,
    orgId: ORG,
    signal: 'logs',
    format: 'native-json',
    batchId: `01a20593-2e5d-7f18-b1c0-${String(nextBatch).padStart(12, '0')}`,
    keyId: 'key',
    receivedAtMs: 1_795_000_000_000,
    retentionDays: 30,
    accepted: users.length,
    rejected: [],
    clientAddress: '127.0.0.1',
  };
  nextBatch += 1;
  return { envelope, text: JSON.stringify({ logs }) };
}

/** What the logs of a delivery do to metrics, without those that are stored. */
function measure({ envelope, text }: Sent, stored: readonly number[], pipelines = counting('c')) {
  return normalizeBatch({
    envelope,
    body: Buffer.from(text),
    skip: stored,
    everySeries: false,
    privacy: PRIVACY,
    pipelines: { version: pipelines.rules.length, text: JSON.stringify(pipelines) },
    geo: { version: 0, files: [] },
  }).measured;
}

/** A delivery, added unless the worker dies before. */
async function deliver(
  sent: Sent,
  stored: readonly number[],
  isAdded = true,
  metrics: Pick<LogMetrics, 'add'> = logMetrics,
) {
  const measured = measure(sent, stored);
  if (measured !== undefined && isAdded) {
    await addMeasured(metrics, counter, sent.envelope, measured);
  }
}

async function totals(): Promise<Record<string, number>> {
  slot += 1;
  const found: Record<string, number> = {};
  for await (const { totals: all } of logMetrics.read(slot)) {
    for (const { labels, values } of all) {
      found[labels[0]?.[1] ?? ''] = values[0] ?? 0;
    }
  }
  return found;
}

it('wherever workers die, each log counts once', async () => {
  const user = fc.constantFrom('al', 'jo', 'mail a@planted-example.com', 'mail b@planted-example.com');
  const batch = fc.record({
    users: fc.array(user, { minLength: 1, maxLength: 5 }),
    // Deliveries that end early: before anything is added, or behind it with some of the rows stored.
    deaths: fc.array(fc.option(fc.nat(5)), { maxLength: 3 }),
  });
  const expected: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { maxLength: 3 }), async (batches) => {
      for (const { users, deaths } of batches) {
        const sent = batchOf(users);
        let stored = 0;
        for (const rows of deaths) {
          await deliver(sent, [...users.keys()].slice(0, stored), rows !== null);
          stored = Math.max(stored, rows ?? 0);
        }
        await deliver(sent, [...users.keys()].slice(0, stored));
        for (const name of users) {
          const label = name.replace(/\S+@\S+/, '[REDACTED:email]');
          expected[label] = (expected[label] ?? 0) + 1;
        }
      }
      expect(await totals()).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

it('asks again while the totals are away', async () => {
  let tries = 0;
  const away: Pick<LogMetrics, 'add'> = {
    add: (...asked) => {
      tries += 1;
      return tries < 3 ? Promise.reject(new AegisError('unavailable')) : logMetrics.add(...asked);
    },
  };
  await deliver(batchOf(['al']), [], true, away);
  expect(await totals()).toEqual({ al: 1 });
});

it('counts what has no room', async () => {
  const sent = batchOf(Array.from({ length: 700 }, (_, at) => `user ${at}`));
  const { changes = [], left = 0 } = measure(sent, [], counting('c', 'd', 'e')) ?? {};
  expect([changes.length, left]).toEqual([1_000, 1_100]);
  await addMeasured({ add: async () => 5 }, counter, sent.envelope, { changes, left });
  await counter.close();
  expect(counted).toMatchObject([{ orgId: ORG, signal: 'metrics', outcome: 'too-many-series', records: 1_105 }]);
});
