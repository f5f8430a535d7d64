import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AegisError,
  type IngestCount,
  type IngestCountStore,
  type IngestEnvelope,
  parseOrgId,
  type ScrubCount,
  type Signal,
} from '@aegisguard/model';
import { openEmbeddedQueue, type QueueDriver } from '@aegisguard/queue';
import type { EncodedBatch, EncodedMetricBatch, MetricInsertReport } from '@aegisguard/storage';
import { Random } from '@aegisguard/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IngestCounter } from '../platform/ingest-counter.ts';
import { SelfMetrics } from '../platform/self-metrics.ts';
import { InsertTurns } from './insert-turns.ts';
import type { BatchJob } from './normalize-batch.ts';
import { PoisonBatchError } from './normalizer-pool.ts';
import { ScrubCounter } from './scrub-counter.ts';
import { metricSink, recordSink, type SignalSink } from './signal-sink.ts';
import { SignalWorker } from './signal-worker.ts';
import { type Fault, RowStore } from './testing/row-store.ts';

// The worker over a real queue and stores whose inserts can fail at any row: nothing accepted is lost, nothing is stored twice.

const ORG = parseOrgId('00000000-0000-7000-8000-000000000001');
const WHO = { stream: 'logs:raw', group: 'normalizer', consumer: 'test' };
const logger = pino({ level: 'silent' });

const unavailable = () => new AegisError('unavailable');
const refused = () => new AegisError('internal', { internal: 'Cannot parse "secret of another organization"' });

let directory: string;
let queue: QueueDriver;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aegis-worker-'));
  queue = await openEmbeddedQueue({ directory, logger });
});

afterEach(async () => {
  await queue.close();
  await rm(directory, { recursive: true, force: true });
});

async function append(
  batchId: string,
  total: number,
  rejected: readonly number[] = [],
  signal: Signal = 'logs',
): Promise<void> {
  const envelope: IngestEnvelope = {
    v: 1,
    orgId: ORG,
    signal,
    format: 'native-json',
    batchId,
    keyId: 'key',
    receivedAtMs: 1,
    retentionDays: 30,
    accepted: total - rejected.length,
    rejected,
    clientAddress: '127.0.0.1',
  };
  await queue.append(WHO.stream, { lane: '', headers: JSON.stringify(envelope), body: Buffer.from(String(total)) });
}

/** Rows are what the envelope and the store leave over. */
function rowsOf({ body, skip }: BatchJob): number[] {
  const total = Number(Buffer.from(body).toString());
  if (Number.isNaN(total)) {
    throw new PoisonBatchError('not a number');
  }
  return Array.from({ length: total }, (_, row) => row).filter((row) => !skip.includes(row));
}

async function normalizeRecords(job: BatchJob): Promise<EncodedBatch> {
  const rows = rowsOf(job);
  const bytes = Buffer.from(JSON.stringify(rows));
  return { orgId: job.envelope.orgId, batchId: job.envelope.batchId, rowCount: rows.length, bytes };
}

/** Keeps the counts of losses. */
class Counts implements IngestCountStore {
  readonly kept: IngestCount[] = [];

  async addIngestCounts(counts: readonly IngestCount[]): Promise<void> {
    this.kept.push(...counts);
  }

  async readIngestCounts(): Promise<readonly IngestCount[]> {
    return this.kept;
  }
}

interface RunningWorker {
  stop(): Promise<void>;
}

/** What the normalizer of this test finds in every batch. */
const FINDING = { detector: 'email', strategy: 'redact', place: 'message', count: 2 };

let counts = new Counts();
let losses: IngestCounter;
let findings: ScrubCount[] = [];
let scrubCounter: ScrubCounter;

beforeEach(() => {
  counts = new Counts();
  losses = new IngestCounter(counts, logger, () => 90_000);
  findings = [];
  const store = {
    addScrubCounts: async (found: readonly ScrubCount[]) => void findings.push(...found),
    readScrubCounts: async () => findings,
  };
  scrubCounter = new ScrubCounter(store, logger, () => 90_000);
});

function start<Batch>(
  signal: Signal,
  sink: SignalSink<Batch>,
  normalize: (job: BatchJob) => Promise<Batch>,
  ageMsMax = 400,
) {
  const worker = new SignalWorker({
    signal,
    who: WHO,
    queue,
    sink,
    normalize: async (job) => ({ batch: await normalize(job), findings: [FINDING] }),
    isErased: async () => false,
    groupLimits: { rowsMax: 20_000, bytesMax: 32 * 1024 ** 2, ageMsMax },
    turns: new InsertTurns(1),
    counter: losses,
    scrubCounter,
    metrics: new SelfMetrics(),
    logger,
    nowMs: () => performance.now(),
  });
  worker.start();
  return worker;
}

function startWorker(store: RowStore): RunningWorker {
  return start('logs', recordSink(store), normalizeRecords);
}

/** As a crash and a restart: whatever was held comes again. */
async function reopen(): Promise<void> {
  await queue.close();
  queue = await openEmbeddedQueue({ directory, logger });
}

const depth = async () => (await queue.stats(WHO.stream, WHO.group)).depth;
const range = (length: number) => Array.from({ length }, (_, index) => index);
const sorted = (store: RowStore) => new Map([...store.rows].map(([id, rows]) => [id, rows.toSorted((a, b) => a - b)]));

it('stores what was accepted and acknowledges it', async () => {
  const store = new RowStore(() => undefined);
  await append('a', 5, [1, 3]);
  await append('b', 3);
  const worker = startWorker(store);
  await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
  await worker.stop();
  expect(sorted(store)).toEqual(
    new Map([
      ['a', [0, 2, 4]],
      ['b', [0, 1, 2]],
    ]),
  );
});

it('goes on preparing while an insert takes long: live tails do not wait for the store', async () => {
  const { promise: mayInsert, resolve: insert } = Promise.withResolvers<void>();
  const store = new RowStore(() => undefined, mayInsert);
  const prepared: string[] = [];
  const prepare = (job: BatchJob) => {
    prepared.push(job.envelope.batchId);
    return normalizeRecords(job);
  };
  // Every group is due at once.
  const worker = start('logs', recordSink(store), prepare, 0);
  const batches = ['a', 'b', 'c', 'd'];
  for (const [at, batch] of batches.entries()) {
    await append(batch, 1);
    await vi.waitFor(() => expect(prepared).toEqual(batches.slice(0, at + 1)), 60_000);
  }
  expect(store.inserts).toBe(0);
  insert();
  await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
  await worker.stop();
  expect([store.inserts, [...store.rows.keys()]]).toEqual([2, batches]);
});

it('stops with everything that it took stored and acknowledged', async () => {
  const store = new RowStore(() => undefined);
  await append('a', 5);
  const worker = startWorker(store);
  await vi.waitFor(async () => expect((await queue.stats(WHO.stream, WHO.group)).pending).toBe(1), 60_000);
  await worker.stop();
  expect([...(store.rows.get('a') ?? [])]).toEqual(range(5));
  expect(await depth()).toBe(0);
});

it.each([0, 4])(
  'an insert that stored a part of a batch of which another brought %i records: the rest follows, nothing twice, even when the second try fails as well',
  async (repeats) => {
    const faults = [2, 0].map((rowsStored) => ({ rowsStored, error: unavailable() }));
    const store = new RowStore((insert) => faults[insert - 1]);
    const normalize = (job: BatchJob) =>
      normalizeRecords({ ...job, skip: [...new Set([...job.skip, ...range(repeats)])] });
    await append('a', 10);
    const first = start('logs', recordSink(store), normalize);
    await vi.waitFor(() => expect(store.inserts).toBe(1), 60_000);
    await first.stop();
    await reopen();
    const second = start('logs', recordSink(store), normalize);
    await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
    await second.stop();
    expect(sorted(store)).toEqual(new Map([['a', range(10).slice(repeats)]]));
  },
);

describe('a batch that the store refuses', () => {
  it('does not hold up others, is tried again, and then goes to the dead letters without the store’s words', async () => {
    const store = new RowStore((_, batches) =>
      batches.some(({ batchId }) => batchId === 'bad') ? { rowsStored: 0, error: refused() } : undefined,
    );
    await append('good', 3);
    await append('bad', 3);
    for (let delivery = 1; delivery <= 3; delivery += 1) {
      const before = store.inserts;
      const worker = startWorker(store);
      await vi.waitFor(() => expect(store.inserts).toBeGreaterThan(before), 60_000);
      await worker.stop();
      expect(sorted(store)).toEqual(new Map([['good', range(3)]]));
      const dead = await queue.deadLetters(WHO.stream, 10);
      if (delivery < 3 && dead.length === 0) {
        await reopen();
      }
    }
    const [letter, ...others] = await queue.deadLetters(WHO.stream, 10);
    expect(others).toEqual([]);
    expect(letter?.reason).toBe('The store refused the batch for its content.');
    expect(await depth()).toBe(0);
    await losses.flush();
    expect(counts.kept).toEqual([
      {
        orgId: ORG,
        minuteMs: 60_000,
        signal: 'logs',
        protocol: 'native',
        keyId: 'key',
        outcome: 'dead-letter',
        requests: 0,
        records: 3,
        bytes: 0,
      },
    ]);
  });
});

it('a batch that cannot be read goes to the dead letters at once', async () => {
  const store = new RowStore(() => undefined);
  await queue.append(WHO.stream, { lane: '', headers: '{"v":1}', body: Buffer.from('nonsense') });
  await queue.append(WHO.stream, { lane: '', headers: 'no envelope', body: Buffer.from('1') });
  await append('a', 2);
  const worker = startWorker(store);
  await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
  await worker.stop();
  const reasons = (await queue.deadLetters(WHO.stream, 10)).map(({ reason }) => reason);
  expect(reasons).toHaveLength(2);
  expect(reasons.join()).not.toContain('no envelope');
  expect(sorted(store)).toEqual(new Map([['a', range(2)]]));
});

it('counts what was found once the batch is stored, and not again when it comes again', async () => {
  const store = new RowStore((insert) => (insert === 1 ? { rowsStored: 0, error: unavailable() } : undefined));
  await append('a', 4);
  await append('empty', 1, [0]);
  const worker = startWorker(store);
  await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
  await worker.stop();
  await scrubCounter.flush();
  expect(findings).toEqual([{ orgId: ORG, minuteMs: 60_000, signal: 'logs', ...FINDING }]);
});

it('a batch that cannot be prepared for now is tried again soon, before newer ones, with its first delivery', async () => {
  const store = new RowStore(() => undefined);
  let failures = 0;
  const order: string[] = [];
  await append('a', 3);
  const worker = start('logs', recordSink(store), async (job) => {
    if (failures < 2) {
      failures += 1;
      await append(`newer-${failures}`, 1);
      throw unavailable();
    }
    order.push(job.envelope.batchId);
    return normalizeRecords(job);
  });
  await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
  await worker.stop();
  expect(order).toEqual(['a', 'newer-1', 'newer-2']);
  expect(sorted(store).get('a')).toEqual(range(3));
});

it('a batch whose organization has a policy that cannot be read waits in the queue, and others go on', async () => {
  const store = new RowStore(() => undefined);
  await append('waits', 3);
  await append('goes on', 3);
  const worker = start('logs', recordSink(store), async (job) => {
    if (job.envelope.batchId === 'waits') {
      throw new AegisError('internal', { internal: 'the policy cannot be read' });
    }
    return normalizeRecords(job);
  });
  await vi.waitFor(async () => expect(await depth()).toBe(1), 60_000);
  await worker.stop();
  expect([...store.rows.keys()]).toEqual(['goes on']);
  expect(await queue.deadLetters(WHO.stream, 10)).toEqual([]);
});

it.each([1, 2, 3, 4, 5])('random faults and restarts, seed %d: every row once', async (seed) => {
  const random = new Random(seed * 7919);
  const store = new RowStore(() =>
    random.below(3) === 0 ? { rowsStored: random.below(30), error: unavailable() } : undefined,
  );
  const expected = new Map<string, number[]>();
  for (let batch = 0; batch < 20; batch += 1) {
    const total = 1 + random.below(20);
    expected.set(`batch-${String(batch).padStart(2, '0')}`, range(total));
    await append(`batch-${String(batch).padStart(2, '0')}`, total);
  }
  for (let restart = 0; restart < 30 && (restart === 0 || (await depth()) > 0); restart += 1) {
    const before = store.inserts;
    const worker = startWorker(store);
    await vi.waitFor(async () => expect(store.inserts > before || (await depth()) === 0).toBe(true), 60_000);
    await worker.stop();
    await reopen();
  }
  expect(await depth()).toBe(0);
  expect([...sorted(store)].toSorted()).toEqual([...expected].toSorted());
});

describe('metrics', () => {
  /** Keeps samples by name, as the real store does by series and time, and which batches brought the labels of every series. */
  class SampleStore {
    readonly samples = new Map<string, Set<number>>();
    readonly completeBatches = new Set<string>();
    inserts = 0;

    constructor(
      private readonly faultOf: (insert: number) => Fault,
      private readonly lateDeltas: MetricInsertReport['lateDeltas'] = [],
    ) {}

    async insert(batches: readonly EncodedMetricBatch[]): Promise<MetricInsertReport> {
      this.inserts += 1;
      const fault = this.faultOf(this.inserts);
      const all = batches.flatMap(({ batchId, blocks }) =>
        (JSON.parse(Buffer.from(blocks.samples ?? Buffer.from('[]')).toString()) as number[]).map(
          (row) => [batchId, row] as const,
        ),
      );
      for (const [batchId, row] of all.slice(0, fault?.rowsStored ?? all.length)) {
        this.samples.set(batchId, (this.samples.get(batchId) ?? new Set()).add(row));
      }
      if (fault !== undefined) {
        throw fault.error;
      }
      for (const { batchId } of batches.filter(({ blocks }) => blocks.series !== undefined)) {
        this.completeBatches.add(batchId);
      }
      return { lateDeltas: this.lateDeltas };
    }
  }

  async function normalizeMetrics(job: BatchJob): Promise<EncodedMetricBatch> {
    const { orgId, batchId } = job.envelope;
    const rows = rowsOf(job);
    const samples = Buffer.from(JSON.stringify(rows));
    const blocks = rows.length === 0 ? { metadata: samples } : { samples };
    const series = job.everySeries ? { series: samples } : {};
    return { orgId, batchId, rowCount: rows.length, byteCount: 1, blocks: { ...blocks, ...series }, deltas: undefined };
  }

  const startMetrics = (store: SampleStore, onForget: () => void = () => undefined) =>
    start('metrics', metricSink(store, losses, onForget), normalizeMetrics);

  it('are written again after a failure, without asking what is stored', async () => {
    const store = new SampleStore((insert) => (insert <= 2 ? { rowsStored: 6, error: unavailable() } : undefined));
    await append('a', 10, [3], 'metrics');
    const worker = startMetrics(store);
    await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
    await worker.stop();
    expect(store.samples.get('a')).toEqual(new Set([0, 1, 2, 4, 5, 6, 7, 8, 9]));
    expect(store.inserts).toBe(3);
  });

  it('bring every series when they come again', async () => {
    const failing = new SampleStore(() => ({ rowsStored: 0, error: refused() }));
    await append('a', 2, [], 'metrics');
    const first = startMetrics(failing);
    await vi.waitFor(() => expect(failing.inserts).toBe(2), 60_000);
    await first.stop();
    await reopen();
    await append('b', 2, [], 'metrics');
    const store = new SampleStore(() => undefined);
    const second = startMetrics(store);
    await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
    await second.stop();
    expect([...store.samples.keys()].toSorted()).toEqual(['a', 'b']);
    expect(store.completeBatches).toContain('a');
  });

  it('without samples may still have metadata to store', async () => {
    const store = new SampleStore(() => undefined);
    await append('a', 0, [], 'metrics');
    const worker = startMetrics(store);
    await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
    await worker.stop();
    expect(store.inserts).toBe(1);
  });

  it('that are buried make every thread forget its series', async () => {
    let forgotten = 0;
    const store = new SampleStore(() => undefined);
    const envelope: Partial<IngestEnvelope> = { v: 1, orgId: ORG, signal: 'metrics', keyId: 'key', accepted: 7 };
    await queue.append(WHO.stream, { lane: '', headers: JSON.stringify(envelope), body: Buffer.from('nonsense') });
    const worker = startMetrics(store, () => {
      forgotten += 1;
    });
    await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
    await worker.stop();
    await losses.flush();
    expect(forgotten).toBe(1);
    expect(counts.kept).toMatchObject([{ signal: 'metrics', outcome: 'dead-letter', records: 7, requests: 0 }]);
  });

  it('count increments that came too late, once', async () => {
    const store = new SampleStore(
      () => undefined,
      [
        { orgId: ORG, batchId: 'a', count: 4 },
        { orgId: ORG, batchId: 'nobody’s', count: 9 },
      ],
    );
    await append('a', 5, [], 'metrics');
    const worker = startMetrics(store);
    await vi.waitFor(async () => expect(await depth()).toBe(0), 60_000);
    await worker.stop();
    await losses.flush();
    expect(counts.kept).toMatchObject([{ outcome: 'late-delta', records: 4, requests: 0, keyId: 'key' }]);
  });
});

it('waits for its turn, and takes no batch along whose lease ended meanwhile', async () => {
  const store = new RowStore(() => undefined);
  const turns = new InsertTurns(1);
  const other = Promise.withResolvers<void>();
  const othersTurn = turns.take(() => other.promise);
  const prepared = Promise.withResolvers<void>();
  let clockMs = 0;
  const worker = new SignalWorker({
    signal: 'logs',
    who: WHO,
    queue,
    sink: recordSink(store),
    normalize: async (job) => {
      prepared.resolve();
      return { batch: await normalizeRecords(job), findings: [] };
    },
    isErased: async () => false,
    groupLimits: { rowsMax: 1, bytesMax: 1, ageMsMax: 0 },
    turns,
    counter: losses,
    scrubCounter,
    metrics: new SelfMetrics(),
    logger,
    nowMs: () => clockMs,
  });
  await append('a', 5);
  worker.start();
  await prepared.promise;
  clockMs = 30_000;
  other.resolve();
  await othersTurn;
  await worker.stop();
  expect(store.inserts).toBe(0);
  expect(await depth()).toBe(1);
});
