import { type IngestCount, type IngestEnvelope, parseOrgId } from '@aegisguard/model';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { LossCounter } from './loss-counter.ts';

const ENVELOPE: IngestEnvelope = {
  v: 1,
  orgId: parseOrgId('00000000-0000-7000-8000-000000000001'),
  signal: 'metrics',
  format: 'otlp-protobuf',
  protocol: 'otlp-grpc',
  batchId: '01a20593-2e5d-7f18-b1c0-6d31ea79b9e3',
  keyId: 'key',
  receivedAtMs: 1_795_000_000_000,
  retentionDays: 30,
  accepted: 1,
  rejected: [],
  clientAddress: '127.0.0.1',
};

/** Keeps what it is given, but for the first so many times. */
function keeper(failures: number) {
  const kept: IngestCount[] = [];
  let left = failures;
  return {
    kept,
    addIngestCounts: async (counts: readonly IngestCount[]) => {
      left -= 1;
      if (left >= 0) {
        throw new Error('the store is away');
      }
      kept.push(...counts);
    },
  };
}

it('adds up by minute, key and outcome', async () => {
  const store = keeper(0);
  let nowMs = 120_500;
  const losses = new LossCounter(store, pino({ level: 'silent' }), () => nowMs);
  losses.count(ENVELOPE, { outcome: 'late-delta', records: 3 });
  losses.count(ENVELOPE, { outcome: 'late-delta', records: 4 });
  losses.count({ ...ENVELOPE, keyId: 'other' }, { outcome: 'late-delta', records: 1 });
  losses.count(ENVELOPE, { outcome: 'dead-letter', records: 9 });
  nowMs = 180_000;
  losses.count(ENVELOPE, { outcome: 'late-delta', records: 5 });
  await losses.close();
  const { orgId } = ENVELOPE;
  const row = { orgId, signal: 'metrics', protocol: 'otlp-grpc', bytes: 0 };
  expect(store.kept).toEqual([
    { ...row, minuteMs: 120_000, keyId: 'key', outcome: 'late-delta', requests: 2, records: 7 },
    { ...row, minuteMs: 120_000, keyId: 'other', outcome: 'late-delta', requests: 1, records: 1 },
    { ...row, minuteMs: 120_000, keyId: 'key', outcome: 'dead-letter', requests: 1, records: 9 },
    { ...row, minuteMs: 180_000, keyId: 'key', outcome: 'late-delta', requests: 1, records: 5 },
  ]);
});

it('keeps what could not be written for the next time', async () => {
  const store = keeper(1);
  const losses = new LossCounter(store, pino({ level: 'silent' }), () => 0);
  losses.count(ENVELOPE, { outcome: 'dead-letter', records: 2 });
  await losses.flush();
  expect(store.kept).toEqual([]);
  losses.count(ENVELOPE, { outcome: 'dead-letter', records: 3 });
  await losses.close();
  expect(store.kept).toMatchObject([{ records: 5, requests: 2 }]);
});
