import { type IngestEnvelope, parseOrgId } from '@aegisguard/model';
import { pino } from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import type { NormalizeJob } from './normalize-batch.ts';
import { NormalizerPool } from './normalizer-pool.ts';

const logger = pino({ level: 'silent' });
const ENVELOPE: IngestEnvelope = {
  v: 1,
  orgId: parseOrgId('00000000-0000-7000-8000-000000000001'),
  signal: 'logs',
  format: 'native-json',
  batchId: '01a20593-2e5d-7f18-b1c0-6d31ea79b9e3',
  keyId: 'key',
  receivedAtMs: 1_795_000_000_000,
  retentionDays: 30,
  accepted: 1,
  rejected: [],
  clientAddress: '127.0.0.1',
};

const job = (skip: readonly number[] = []): NormalizeJob => ({
  envelope: ENVELOPE,
  body: Buffer.from('{}'),
  skip,
  everySeries: false,
});

/** A thread whose code is this; `message` is what it was asked. */
const threadOf = (code: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; parentPort.on('message', (message) => { ${code} });`)}`,
  );

let pool: NormalizerPool;
afterEach(() => pool.close());

it.each([
  ['throws', 'throw new Error("broken");'],
  ['ends', 'process.exit(0);'],
  ['runs out of memory', 'const hoard = []; for (;;) hoard.push(new Array(1e5).fill(message));'],
])(
  'a thread that %s fails its batch for now, not for good',
  async (_, code) => {
    pool = new NormalizerPool(logger, 1, threadOf(code));
    await expect(pool.normalize('logs', job())).rejects.toMatchObject({ name: 'ThreadDeathError' });
    await expect(pool.normalize('logs', job())).rejects.toMatchObject({ name: 'ThreadDeathError' });
  },
  60_000,
);

it('a failure that the thread reports is for good', async () => {
  pool = new NormalizerPool(logger, 1, threadOf('parentPort.postMessage({ id: message.id, failure: "no JSON" });'));
  await expect(pool.normalize('logs', job())).rejects.toMatchObject({
    name: 'PoisonBatchError',
    message: 'no JSON',
  });
});

it('a thread that died is replaced', async () => {
  const code =
    'if (message.job.skip.length > 0) process.exit(1); parentPort.postMessage({ id: message.id, failure: "alive" });';
  pool = new NormalizerPool(logger, 1, threadOf(code));
  await expect(pool.normalize('logs', job([1]))).rejects.toMatchObject({ name: 'ThreadDeathError' });
  await vi.waitFor(() => expect(pool.normalize('logs', job())).rejects.toMatchObject({ message: 'alive' }), {
    timeout: 15_000,
    interval: 250,
  });
}, 30_000);

it('a batch of another signal is not for the worker that found it', async () => {
  pool = new NormalizerPool(logger, 1, threadOf('parentPort.postMessage({ id: message.id, failure: "asked" });'));
  await expect(pool.normalize('metrics', job())).rejects.toMatchObject({
    name: 'PoisonBatchError',
    message: 'it has logs where metrics are expected',
  });
});

it('every thread is told to forget its series, in order with its batches', async () => {
  const code = `
    globalThis.told ??= 0;
    if (message.kind === "forget-series") globalThis.told += 1;
    else setTimeout(() => parentPort.postMessage({ id: message.id, failure: "told " + globalThis.told }), 50);`;
  pool = new NormalizerPool(logger, 2, threadOf(code));
  pool.forgetSeries();
  const answers = await Promise.allSettled([pool.normalize('logs', job()), pool.normalize('logs', job())]);
  expect(answers).toMatchObject([{ reason: { message: 'told 1' } }, { reason: { message: 'told 1' } }]);
});
