import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AegisError, type IngestEnvelope, type OrgId, parseOrgId } from '@aegisguard/model';
import { openEmbeddedQueue, type QueueDriver } from '@aegisguard/queue';
import type { EncodedBatch } from '@aegisguard/storage';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IngestCounter } from '../platform/ingest-counter.ts';
import { SelfMetrics } from '../platform/self-metrics.ts';
import { InsertTurns } from './insert-turns.ts';
import type { BatchJob } from './normalize-batch.ts';
import { ScrubCounter } from './scrub-counter.ts';
import { recordSink } from './signal-sink.ts';
import { SignalWorker } from './signal-worker.ts';

// The worker and organizations that are deleted, over a real queue.

const [GONE, GOING, KEPT] = [1, 2, 3].map((n) => parseOrgId(`00000000-0000-7000-8000-00000000000${n}`)) as [
  OrgId,
  OrgId,
  OrgId,
];
const WHO = { stream: 'logs:raw', group: 'normalizer', consumer: 'test' };
const logger = pino({ level: 'silent' });

let directory: string;
let queue: QueueDriver;
let stored: OrgId[];
let found: OrgId[];
let losses: number;
let metrics: SelfMetrics;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aegis-erased-'));
  queue = await openEmbeddedQueue({ directory, logger });
  [stored, found, losses, metrics] = [[], [], 0, new SelfMetrics()];
});

afterEach(async () => {
  await queue.close();
  await rm(directory, { recursive: true, force: true });
});

async function append(orgId: OrgId): Promise<void> {
  const envelope: IngestEnvelope = {
    v: 1,
    orgId,
    signal: 'logs',
    format: 'native-json',
    batchId: orgId,
    keyId: 'key',
    receivedAtMs: 1,
    retentionDays: 30,
    accepted: 1,
    rejected: [],
    clientAddress: '127.0.0.1',
  };
  await queue.append(WHO.stream, { lane: orgId, headers: JSON.stringify(envelope), body: Buffer.from('1') });
}

/** Runs a worker until the queue is empty. */
async function workOff(isErased: (orgId: OrgId) => Promise<boolean>, onNormalize: (orgId: OrgId) => void) {
  const addIngestCounts = async (counts: readonly unknown[]) => {
    losses += counts.length;
  };
  const addScrubCounts = async (counts: readonly { readonly orgId: OrgId }[]) => {
    found.push(...counts.map(({ orgId }) => orgId));
  };
  const counter = new IngestCounter({ addIngestCounts, readIngestCounts: async () => [] }, logger, () => 0);
  const scrubCounter = new ScrubCounter({ addScrubCounts, readScrubCounts: async () => [] }, logger, () => 0);
  const worker = new SignalWorker<EncodedBatch>({
    signal: 'logs',
    who: WHO,
    queue,
    sink: recordSink({
      insert: async (batches) => void stored.push(...batches.map(({ orgId }) => orgId)),
      storedIndexes: async () => new Set(),
    }),
    normalize: async ({ envelope: { orgId, batchId } }: BatchJob) => {
      onNormalize(orgId);
      const findings = [{ detector: 'email', strategy: 'redact', place: 'message', count: 1 }] as const;
      return { batch: { orgId, batchId, rowCount: 1, bytes: new Uint8Array(1) }, findings };
    },
    isErased,
    groupLimits: { rowsMax: 100, bytesMax: 100, ageMsMax: 50 },
    turns: new InsertTurns(1),
    counter,
    scrubCounter,
    metrics,
    logger,
    nowMs: () => performance.now(),
  });
  worker.start();
  await vi.waitFor(async () => expect((await queue.stats(WHO.stream, WHO.group)).depth).toBe(0), 60_000);
  await worker.stop();
  await Promise.all([counter.flush(), scrubCounter.flush()]);
}

it('nothing of a deleted organization is stored or counted, also when it is deleted before the insert', async () => {
  const erased = new Set([GONE]);
  const normalized: OrgId[] = [];
  for (const orgId of [GONE, GOING, KEPT]) {
    await append(orgId);
  }
  await workOff(
    async (orgId) => erased.has(orgId),
    (orgId) => {
      normalized.push(orgId);
      erased.add(GOING);
    },
  );
  expect(normalized.toSorted()).toEqual([GOING, KEPT]);
  expect(stored).toEqual([KEPT]);
  expect(found).toEqual([KEPT]);
  expect(losses).toBe(0);
  expect((await metrics.workerErasedBatches.get()).values).toMatchObject([{ labels: { signal: 'logs' }, value: 2 }]);
});

it('a batch waits as long as nobody can tell whether its organization is deleted', async () => {
  await append(KEPT);
  let asked = 0;
  const isErased = async () => {
    asked += 1;
    if (asked <= 2) {
      throw new AegisError('unavailable');
    }
    return false;
  };
  await workOff(isErased, () => undefined);
  expect(stored).toEqual([KEPT]);
  expect(asked).toBe(4);
});
