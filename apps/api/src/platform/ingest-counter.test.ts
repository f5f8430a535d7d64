import { type IngestCount, type IngestCountStore, parseOrgId } from '@aegisguard/model';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { IngestCounter } from './ingest-counter.ts';

const ORG = parseOrgId('00000000-0000-7000-8000-000000000001');
const EVENT = { orgId: ORG, signal: 'logs', protocol: 'native', keyId: 'key', requests: 1 } as const;
const accepted = (records: number) => ({ ...EVENT, outcome: 'accepted', records, bytes: records * 10 });
const logger = pino({ level: 'silent' });

/** Keeps what it is given, or fails while told to. */
class CountStore implements IngestCountStore {
  readonly kept: IngestCount[] = [];
  isAway = false;
  addIngestCounts(counts: readonly IngestCount[]): Promise<void> {
    if (this.isAway) {
      return Promise.reject(new Error('away'));
    }
    this.kept.push(...counts);
    return Promise.resolve();
  }
  readIngestCounts(): Promise<readonly Omit<IngestCount, 'orgId'>[]> {
    return Promise.resolve(this.kept);
  }
}

it('adds up by minute, key, protocol and outcome', async () => {
  const store = new CountStore();
  let nowMs = 60_000;
  const counter = new IngestCounter(store, logger, () => nowMs);
  counter.add(accepted(2));
  nowMs = 119_999;
  counter.add(accepted(3));
  counter.add({ ...EVENT, outcome: 'too-old', records: 7, bytes: 0 });
  nowMs = 120_000;
  counter.add(accepted(1));
  await counter.flush();
  expect(store.kept).toEqual([
    { ...accepted(5), requests: 2, minuteMs: 60_000 },
    { ...EVENT, outcome: 'too-old', records: 7, bytes: 0, minuteMs: 60_000 },
    { ...accepted(1), minuteMs: 120_000 },
  ]);
  await counter.flush();
  expect(store.kept).toHaveLength(3);
});

it('keeps what the store did not take, within bounds', async () => {
  const store = new CountStore();
  const counter = new IngestCounter(store, logger, () => 0, 2);
  store.isAway = true;
  counter.add(accepted(1));
  await counter.flush();
  counter.add(accepted(1));
  counter.add({ ...accepted(1), keyId: 'second' });
  counter.add({ ...accepted(1), keyId: 'third' });
  await counter.flush();
  store.isAway = false;
  await counter.close();
  expect(store.kept.map(({ keyId, records }) => [keyId, records])).toEqual([
    ['key', 2],
    ['second', 1],
  ]);
});
