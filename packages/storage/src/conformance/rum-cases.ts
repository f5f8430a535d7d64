import type { JsonValue, OrgId, RumRecord, RumSession, StoredRumEvent } from '@aegisguard/model';
import { RUM_EVENT_TYPES } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRum, insertRum, type RumBatch, rumBatch } from './rum-under-test.ts';
import { at, newBatchId, newOrg, patient, type StorageUnderTest, shareOf } from './storage-under-test.ts';

const DAY = '2026-11-20';
const WHOLE = { start: at(-80_000), end: at(80_000) };

const text = fc.string({ unit: 'grapheme' });
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
const number = fc.oneof(fc.constant(Number.NaN), fc.double());
const event: fc.Arbitrary<Partial<RumRecord>> = fc.record({
  timestamp: fc.integer({ min: -3000, max: 3000 }).map((second) => at(second, 3)),
  type: fc.constantFrom(...RUM_EVENT_TYPES),
  application: text,
  release: text,
  env: text,
  userId: text,
  viewId: text,
  url: text,
  name: text,
  value: number,
  durationMs: number,
  stack: text,
  attributes: fc.dictionary(text, json, { maxKeys: 3 }).map((given) => structuredClone(given)),
  data: json,
  truncated: fc.boolean(),
});

function storedEvents({ batchId, records }: RumBatch): StoredRumEvent[] {
  return records.map((record) => ({ ...record, batchId }));
}

function inOrder(events: readonly StoredRumEvent[]): StoredRumEvent[] {
  const key = ({ timestamp, batchId, index }: StoredRumEvent) =>
    `${String(timestamp).padStart(20, '0')} ${batchId} ${String(index).padStart(10, '0')}`;
  return [...events].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** RUM events: read back, listed by session, kept apart, named by their batch. */
export function rumCases(store: StorageUnderTest): void {
  const encode = (org: OrgId, batch: RumBatch) => encodeRum(store, org, batch);
  const insert = (org: OrgId, ...batches: RumBatch[]) => insertRum(store, org, ...batches);
  const readSession = (org: OrgId, sessionId: string, limit = 1000) =>
    store.driver().rum.readSession(org, sessionId, limit, patient());

  describe('a session', () => {
    it('reads back as it was written, whatever its events hold', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 8 }), text, async (events, sessionId) => {
          const org = newOrg();
          const batches = [
            rumBatch(events.slice(0, 4).map((given) => ({ ...given, sessionId }))),
            rumBatch(events.slice(4).map((given) => ({ ...given, sessionId }))),
          ];
          await insert(org, ...batches, rumBatch([{ sessionId: `${sessionId}other` }]));
          const read = await readSession(org, sessionId);
          expect(read.events).toStrictEqual(inOrder(batches.flatMap(storedEvents)));
          expect(read.isCut).toBe(false);
        }),
        { numRuns: shareOf(store, 20) },
      );
    });

    it('has a replay of megabytes, and is cut at the limit, the earliest events first', async () => {
      const org = newOrg();
      const batch = rumBatch(
        Array.from({ length: 30 }, (_, n) => ({
          timestamp: at(n),
          type: 'replay' as const,
          data: Array.from({ length: 2000 }, (_, place) => ({ type: 3, source: place % 7, text: `node ${n}` })),
        })),
      );
      await insert(org, batch);
      await store.settle?.();
      for (const [limit, isCut] of [
        [1, true],
        [29, true],
        [30, false],
      ] as const) {
        const read = await readSession(org, 's-1', limit);
        expect(read.events).toStrictEqual(storedEvents(batch).slice(0, limit));
        expect(read.isCut).toBe(isCut);
      }
    });

    it('of another organization, or one that is not there, is empty', async () => {
      const [mine, theirs] = [newOrg(), newOrg()];
      const batchId = newBatchId();
      const batches = [rumBatch([{ name: 'mine' }], batchId), rumBatch([{ name: 'theirs' }, {}], batchId)] as const;
      await store.driver().rum.insert([encode(mine, batches[0]), encode(theirs, batches[1])]);
      expect((await readSession(mine, 's-1')).events.map(({ name }) => name)).toEqual(['mine']);
      expect((await readSession(newOrg(), 's-1')).events).toEqual([]);
      for (const id of ['', "' OR 1=1 --", 's-%', '\0']) {
        expect(await readSession(mine, id)).toMatchObject({ events: [], isCut: false });
      }
      expect(await store.driver().rum.storedIndexes(mine, batchId)).toEqual(new Set([0]));
      expect(await store.driver().rum.storedIndexes(theirs, batchId)).toEqual(new Set([0, 1]));
    });
  });

  describe('a list of sessions', () => {
    const listed = async (
      org: OrgId,
      selection: { application?: string; limit?: number; start?: RumRecord['timestamp']; end?: RumRecord['timestamp'] },
    ) => (await store.driver().rum.listSessions(org, { ...WHOLE, limit: 100, ...selection }, patient())).sessions;

    it('is as long as it may be, with ids as long as they may be', async () => {
      const org = newOrg();
      const ids = Array.from({ length: 1000 }, (_, n) => `${n}-`.padEnd(255, 'é'));
      await insert(org, rumBatch(ids.map((sessionId, n) => ({ sessionId, timestamp: at(n) }))));
      const found = await listed(org, { limit: 1000 });
      expect(found.map(({ sessionId }) => sessionId)).toEqual(ids.toReversed());
    });

    it('is what looking at every event gives', async () => {
      const member: fc.Arbitrary<Partial<RumRecord>> = fc.record({
        sessionId: fc.constantFrom('a', 'b', 'c', "it's", '🦊', 'x\0y', 'ab'),
        application: fc.constantFrom('shop', 'blog', "x' OR 1"),
        timestamp: fc.integer({ min: -600, max: 600 }).map((second) => at(second)),
        type: fc.constantFrom(...RUM_EVENT_TYPES),
      });
      const application = fc.constantFrom(undefined, 'shop', "x' OR 1", 'absent');
      const second = fc.integer({ min: -700, max: 700 });
      await fc.assert(
        fc.asyncProperty(
          fc.array(member, { minLength: 1, maxLength: 60 }),
          application,
          fc.tuple(second, second),
          fc.integer({ min: 1, max: 8 }),
          async (events, wanted, seconds, limit) => {
            const org = newOrg();
            const batch = rumBatch(events);
            await insert(org, batch);
            await insert(newOrg(), batch);
            const [start, end] = [at(Math.min(...seconds)), at(Math.max(...seconds))];
            const asked = { start, end, limit, ...(wanted === undefined ? {} : { application: wanted }) };
            expect(await listed(org, asked)).toEqual(referenceSessions(batch.records, asked).slice(0, limit));
          },
        ),
        { numRuns: shareOf(store, 25) },
      );
    });

    it('names the first user that a session told, and its first application', async () => {
      const org = newOrg();
      await insert(
        org,
        rumBatch([
          { timestamp: at(3), userId: 'later', application: 'b' },
          { timestamp: at(2), userId: 'first', application: 'b' },
          { timestamp: at(1), userId: '', application: 'a' },
        ]),
      );
      expect(await listed(org, {})).toMatchObject([{ userId: 'first', application: 'a', eventCount: 3 }]);
    });
  });

  describe('RUM events', () => {
    it('are named by batch and index, and count as usage of their day', async () => {
      const org = newOrg();
      const batch = rumBatch(Array.from({ length: 300 }, (_, n) => ({ timestamp: at(n), sessionId: `s-${n % 9}` })));
      const part = { ...batch, records: batch.records.filter(({ index }) => index % 3 === 0) };
      await insert(org, part);
      const stored = await store.driver().rum.storedIndexes(org, batch.batchId);
      expect(stored).toEqual(new Set(part.records.map(({ index }) => index)));
      await insert(org, { ...batch, records: batch.records.filter(({ index }) => !stored.has(index)) });
      expect((await store.driver().rum.storedIndexes(org, batch.batchId)).size).toBe(300);
      const [usage, ...none] = await store.driver().readDailyUsage(org, DAY, DAY);
      expect(none).toEqual([]);
      expect(usage).toMatchObject({
        logsCount: 0,
        spansCount: 0,
        rumCount: 300,
        rumBytes: 300 * ('shop'.length + 's-1'.length),
      });
    });

    it('are not read without time or without a client', async () => {
      const { rum } = store.driver();
      const gone = { signal: AbortSignal.abort(), timeoutMs: 1000 };
      const late = { signal: new AbortController().signal, timeoutMs: 0 };
      for (const [bounds, code] of [
        [gone, 'query-cancelled'],
        [late, 'query-timeout'],
      ] as const) {
        await expect(rum.readSession(newOrg(), 's', 1, bounds)).rejects.toMatchObject({ code });
        await expect(rum.listSessions(newOrg(), { ...WHOLE, limit: 1 }, bounds)).rejects.toMatchObject({ code });
      }
    });
  });
}

function referenceSessions(
  events: readonly RumRecord[],
  { application, start, end }: { application?: string; start: bigint; end: bigint },
): RumSession[] {
  const isMeant = (event: RumRecord) =>
    event.timestamp >= start &&
    event.timestamp < end &&
    (application === undefined || event.application === application);
  const bytes = (id: string) => Buffer.from(id).toString('hex');
  return [...Map.groupBy(events, ({ sessionId }) => sessionId)]
    .filter(([, own]) => own.some(isMeant))
    .map(([sessionId, own]) => {
      const ordered = [...own].sort((a, b) =>
        a.timestamp === b.timestamp ? a.index - b.index : a.timestamp < b.timestamp ? -1 : 1,
      );
      const count = (type: RumRecord['type']) => own.filter((event) => event.type === type).length;
      return {
        sessionId,
        application: ordered[0]?.application ?? '',
        userId: '',
        startTime: ordered[0]?.timestamp ?? at(0),
        endTime: ordered.at(-1)?.timestamp ?? at(0),
        eventCount: own.length,
        errorCount: count('error'),
        viewCount: count('view'),
        hasReplay: count('replay') > 0,
      };
    })
    .sort((a, b) =>
      a.startTime === b.startTime
        ? bytes(a.sessionId) < bytes(b.sessionId)
          ? 1
          : -1
        : a.startTime < b.startTime
          ? 1
          : -1,
    );
}
