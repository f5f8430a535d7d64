import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConsumerName, openEmbeddedQueue, openRedisQueue, type QueueDriver } from '@aegisguard/queue';
import { startRedis, whyNoRedis } from '@aegisguard/testkit';
import { type BenchRow, percentile, whole } from './table.ts';

const STREAM = 'bench:raw';
const LOGGER = { info: () => undefined, warn: () => undefined };
const WHO: ConsumerName = { stream: STREAM, group: 'bench', consumer: 'bench' };
const READ = { countMax: 256, bytesMax: 8 * 1024 ** 2, waitMs: 0 };
const RECEIPT_LIFE_MS = 24 * 3_600_000;

/** What one measurement does. */
interface QueueLoad {
  readonly label: string;
  readonly bodyBytes: number;
  readonly count: number;
  /** Appends under way at a time. */
  readonly callers: number;
  readonly withReceipts: boolean;
}

/** 1 KB: how many messages. 200 KB: a batch of some 500 logs, as the gateway appends it. */
const LOADS: readonly QueueLoad[] = [
  { label: '1 KB', bodyBytes: 1024, count: 100_000, callers: 64, withReceipts: false },
  { label: '1 KB with a receipt', bodyBytes: 1024, count: 40_000, callers: 64, withReceipts: true },
  { label: '1 KB, one caller', bodyBytes: 1024, count: 3000, callers: 1, withReceipts: false },
  { label: '200 KB', bodyBytes: 200 * 1024, count: 4000, callers: 64, withReceipts: false },
  { label: '200 KB with a receipt, 4 callers', bodyBytes: 200 * 1024, count: 2000, callers: 4, withReceipts: true },
];

/** Measures both queue drivers; Redis only where a redis-server is installed. Every append counted is durable as the driver promises. */
export async function benchQueue(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const directory = await mkdtemp(join(tmpdir(), 'aegis-queue-bench-'));
  try {
    const queue = await openEmbeddedQueue({ directory, logger: LOGGER });
    rows.push(...(await benchDriver('queue, embedded', queue)));
    await queue.close();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  const missing = whyNoRedis();
  if (missing !== undefined) {
    return [...rows, { name: 'queue, Redis', value: '–', note: missing }];
  }
  const redis = await startRedis();
  try {
    const queue = await openRedisQueue({ url: redis.url, logger: LOGGER });
    rows.push(...(await benchDriver('queue, Redis', queue)));
    await queue.close();
  } finally {
    await redis.stop();
  }
  return rows;
}

async function benchDriver(name: string, queue: QueueDriver): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const load of LOADS) {
    const { perSecond, appendMs } = await append(queue, load);
    const [p50, p99] = [percentile(appendMs, 0.5), percentile(appendMs, 0.99)];
    const megabytes = whole((perSecond * load.bodyBytes) / 1e6);
    const note = `${whole(load.count)} messages, ${load.callers} callers; append p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
    rows.push({ name: `${name}: append ${load.label}`, value: `${whole(perSecond)} msg/s (${megabytes} MB/s)`, note });
    const readPerSecond = await drain(queue, load.count);
    rows.push({ name: `${name}: read and acknowledge ${load.label}`, value: `${whole(readPerSecond)} msg/s` });
  }
  return rows;
}

async function append(queue: QueueDriver, load: QueueLoad) {
  const body = new Uint8Array(randomBytes(load.bodyBytes));
  const headers = JSON.stringify({ v: 1, orgId: '0193b0a8-1111-7222-8333-444455556666', signal: 'logs' });
  const appendMs: number[] = [];
  let left = load.count;
  const caller = async () => {
    while (left > 0) {
      left -= 1;
      const startedMs = performance.now();
      await queue.append(STREAM, { lane: '', headers, body }, load.withReceipts ? [newReceipt()] : []);
      appendMs.push(performance.now() - startedMs);
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: load.callers }, caller));
  return { perSecond: (load.count / (performance.now() - startedMs)) * 1000, appendMs };
}

async function drain(queue: QueueDriver, count: number): Promise<number> {
  const startedMs = performance.now();
  for (let done = 0; done < count; ) {
    const deliveries = await queue.read(WHO, READ);
    if (deliveries.length === 0) {
      throw new Error(`the queue gave ${done} of ${count} messages`);
    }
    const ids = deliveries.map(({ id }) => id);
    await queue.ack(WHO, ids);
    done += deliveries.length;
  }
  return (count / (performance.now() - startedMs)) * 1000;
}

function newReceipt() {
  const key = `0193b0a8-1111-7222-8333-444455556666:/v1/logs:key:${randomBytes(32).toString('base64url')}`;
  const response = '{"accepted":500,"rejected":0,"ingestId":"0193b0a8-1111-7222-8333-444455556666"}';
  return {
    key,
    fingerprint: randomBytes(32).toString('base64url'),
    response,
    expiresAtMs: Date.now() + RECEIPT_LIFE_MS,
  };
}
