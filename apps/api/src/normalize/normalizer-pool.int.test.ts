import { DEFAULT_PRIVACY_POLICY, type IngestEnvelope, parseOrgId } from '@aegisguard/model';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
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
  privacy: { version: 0, policy: DEFAULT_PRIVACY_POLICY, hashKey: new Uint8Array(32) },
});

/** A thread whose code is this: `question` is what it was asked, and `answer` answers it. */
const threadOf = (code: string) => {
  const source = `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, content: question }) => {
      const answer = (content) => parentPort.postMessage({ id, content });
      ${code}
    });`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
};

let pool: NormalizerPool;
afterEach(() => pool.close());

it('a thread that dies fails its batch for now, not for good', async () => {
  pool = new NormalizerPool(logger, 1, threadOf('throw new Error("broken");'));
  await expect(pool.normalize('logs', job())).rejects.toMatchObject({ name: 'ThreadDeathError' });
});

it('a failure that the thread reports is for good', async () => {
  pool = new NormalizerPool(logger, 1, threadOf('answer({ failure: "no JSON" });'));
  await expect(pool.normalize('logs', job())).rejects.toMatchObject({
    name: 'PoisonBatchError',
    message: 'no JSON',
  });
});

it('a policy that the thread cannot apply fails its batch until there is another', async () => {
  pool = new NormalizerPool(logger, 1, threadOf('answer({ policyFailure: "no rule" });'));
  await expect(pool.normalize('logs', job())).rejects.toMatchObject({ name: 'PolicyError', message: 'no rule' });
});

it('a batch of another signal is not for the worker that found it', async () => {
  pool = new NormalizerPool(logger, 1, threadOf('answer({ failure: "asked" });'));
  await expect(pool.normalize('metrics', job())).rejects.toMatchObject({
    name: 'PoisonBatchError',
    message: 'it has logs where metrics are expected',
  });
});

it('its thread is told to forget its series, in order with its batches', async () => {
  const code = `
    globalThis.told ??= 0;
    if (question.kind === "forget-series") globalThis.told += 1;
    else answer({ failure: "told " + globalThis.told });`;
  pool = new NormalizerPool(logger, 1, threadOf(code));
  const before = pool.normalize('logs', job());
  pool.forgetSeries();
  const answers = await Promise.allSettled([before, pool.normalize('logs', job())]);
  expect(answers).toMatchObject([{ reason: { message: 'told 0' } }, { reason: { message: 'told 1' } }]);
});
