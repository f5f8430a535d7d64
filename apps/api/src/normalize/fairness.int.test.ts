import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PRIVACY_POLICY, type IngestEnvelope, type OrgId, parseOrgId } from '@aegisguard/model';
import { openEmbeddedQueue, type QueueDriver } from '@aegisguard/queue';
import { type EncodedBatch, openClickHouse, type StorageDriver } from '@aegisguard/storage';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IngestCounter } from '../platform/ingest-counter.ts';
import { SelfMetrics } from '../platform/self-metrics.ts';
import { WORKER_GROUP } from '../platform/worker-group.ts';
import { InsertTurns } from './insert-turns.ts';
import { type NormalizedBatch, normalizeBatch } from './normalize-batch.ts';
import { ScrubCounter } from './scrub-counter.ts';
import { recordSink } from './signal-sink.ts';
import { SignalWorker } from './signal-worker.ts';

// From the queue through the normalizer, here without its threads, into the store, all of them real: an organization whose one batch comes behind another's flood does not wait for it.

const FLOOD = parseOrgId('00000000-0000-7000-8000-00000000000a');
const OTHER = parseOrgId('00000000-0000-7000-8000-00000000000b');
const FLOOD_BATCHES = 300;
const LOGS_PER_BATCH = 50;
const OTHERS_BATCH = '01a20593-2e5d-7f18-b1c0-000000000000';
const WHO = { stream: 'logs:raw', group: WORKER_GROUP, consumer: 'test' };
const logger = pino({ level: 'silent' });

let directory: string;
let queue: QueueDriver;
let storage: StorageDriver;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aegis-fairness-'));
  queue = await openEmbeddedQueue({ directory: join(directory, 'queue'), logger });
  storage = await openClickHouse({ kind: 'embedded', path: join(directory, 'clickhouse') }, { logger });
  await storage.migrate();
});

afterEach(async () => {
  await queue.close();
  await storage.close();
  await rm(directory, { recursive: true, force: true });
});

async function append(orgId: OrgId, batchId: string, count: number): Promise<void> {
  const receivedAtMs = Date.now();
  const timestamp = new Date(receivedAtMs).toISOString();
  const logs = Array.from({ length: count }, (_, i) => ({
    timestamp,
    level: 'info',
    message: `log ${i}`,
    service: 's',
  }));
  const envelope: IngestEnvelope = {
    v: 1,
    orgId,
    signal: 'logs',
    format: 'native-json',
    batchId,
    keyId: 'key',
    receivedAtMs,
    retentionDays: 30,
    accepted: count,
    rejected: [],
    clientAddress: '127.0.0.1',
  };
  const body = Buffer.from(JSON.stringify({ logs }));
  await queue.append(WHO.stream, { lane: orgId, headers: JSON.stringify(envelope), body });
}

/** The worker as the product starts it, but for its groups, which are smaller. `onStored` is told of every insert. */
function startWorker(onStored: (batches: readonly EncodedBatch[]) => void): SignalWorker<EncodedBatch> {
  const { logs } = storage;
  const store = {
    insert: async (batches: readonly EncodedBatch[]) => {
      await logs.insert(batches);
      onStored(batches);
    },
    storedIndexes: (orgId: OrgId, batchId: string) => logs.storedIndexes(orgId, batchId),
  };
  const privacy = { version: 0, policyText: JSON.stringify(DEFAULT_PRIVACY_POLICY), hashKey: new Uint8Array(32) };
  const worker = new SignalWorker({
    signal: 'logs',
    who: WHO,
    queue,
    sink: recordSink(store),
    normalize: async (job) =>
      normalizeBatch({ ...job, privacy, geo: { version: 0, files: [] } }) as NormalizedBatch<EncodedBatch>,
    isErased: async () => false,
    groupLimits: { rowsMax: 20 * LOGS_PER_BATCH, bytesMax: 32 * 1024 ** 2, ageMsMax: 400 },
    turns: new InsertTurns(1),
    counter: new IngestCounter(storage.ingestCounts, logger, Date.now),
    scrubCounter: new ScrubCounter(storage.scrubCounts, logger, Date.now),
    metrics: new SelfMetrics(),
    logger,
    nowMs: () => performance.now(),
  });
  worker.start();
  return worker;
}

it('an organization’s log is stored before the flood that it came behind is half done', async () => {
  const stored: string[] = [];
  for (let i = 1; i <= FLOOD_BATCHES; i += 1) {
    await append(FLOOD, `01a20593-2e5d-7f18-b1c0-${String(i).padStart(12, '0')}`, LOGS_PER_BATCH);
  }
  await append(OTHER, OTHERS_BATCH, 1);
  const worker = startWorker((batches) => stored.push(...batches.map(({ batchId }) => batchId)));
  await vi.waitFor(() => expect(stored).toHaveLength(FLOOD_BATCHES + 1), 60_000);
  await worker.stop();
  expect(stored.indexOf(OTHERS_BATCH)).toBeLessThan(FLOOD_BATCHES / 2);
  expect(await storage.logs.storedIndexes(OTHER, OTHERS_BATCH)).toEqual(new Set([0]));
  // Within the flood the order is that of the appends.
  const flood = stored.filter((batchId) => batchId !== OTHERS_BATCH);
  expect(flood).toEqual(flood.toSorted());
  expect(await queue.stats(WHO.stream, WHO.group)).toMatchObject({ depth: 0, dead: 0 });
});
