import {
  EVENT_SEVERITIES,
  EVENT_SOURCES,
  type JsonValue,
  type OrgId,
  type SecurityEventFilter,
  type SecurityEventRecord,
  type SecurityEventSearch,
  type StoredSecurityEvent,
} from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventBatch, encodeEvents, eventBatch, insertEvents } from './security-event-under-test.ts';
import {
  at,
  newBatchId,
  newOrg,
  patient,
  RECEIVED_AT_MS,
  type StorageUnderTest,
  shareOf,
} from './storage-under-test.ts';

const WHOLE = { start: at(-80_000), end: at(80_000) };

const text = fc.string({ unit: 'grapheme' });
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
const anyEvent: fc.Arbitrary<Partial<SecurityEventRecord>> = fc.record({
  timestamp: fc.integer({ min: -3000, max: 3000 }).map((second) => at(second, 3)),
  type: text,
  severity: fc.constantFrom(...EVENT_SEVERITIES),
  source: fc.constantFrom(...EVENT_SOURCES),
  actor: text,
  ip: text,
  country: fc.constantFrom('', 'DE', 'GB'),
  target: text,
  message: text,
  attributes: fc.dictionary(text, json, { maxKeys: 3 }).map((given) => structuredClone(given)),
  occurrences: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  truncated: fc.boolean(),
});
/** Events that filters find some of. */
const pickedEvent: fc.Arbitrary<Partial<SecurityEventRecord>> = fc.record({
  timestamp: fc.integer({ min: -20, max: 20 }).map((second) => at(second)),
  type: fc.constantFrom('a.b', 'a.c', "x'y"),
  severity: fc.constantFrom(...EVENT_SEVERITIES),
  source: fc.constantFrom(...EVENT_SOURCES),
  actor: fc.constantFrom('', 'ann', 'bob\\'),
  ip: fc.constantFrom('', '10.0.0.1'),
  message: fc.constantFrom('', '100% of It', 'ANN_1', '\\'),
  occurrences: fc.integer({ min: 1, max: 5 }),
});
const filter: fc.Arbitrary<SecurityEventFilter> = fc.record(
  {
    types: fc.subarray(['a.b', 'a.c', "x'y", "' OR 1 --"], { minLength: 1 }),
    severities: fc.subarray([...EVENT_SEVERITIES], { minLength: 1 }),
    actor: fc.constantFrom('ann', 'bob\\', 'nobody'),
    ip: fc.constantFrom('10.0.0.1', '10.0.0.2'),
    source: fc.constantFrom(...EVENT_SOURCES),
    text: fc.constantFrom('a', '%', '_', 'it', '\\', "'"),
  },
  { requiredKeys: [] },
);

function newestFirst(events: readonly StoredSecurityEvent[]): StoredSecurityEvent[] {
  const key = ({ timestamp, batchId, index }: StoredSecurityEvent) =>
    `${String(timestamp).padStart(20, '0')} ${batchId} ${String(index).padStart(10, '0')}`;
  return [...events].sort((a, b) => (key(a) < key(b) ? 1 : -1));
}

function storedEvents({ batchId, records }: EventBatch): StoredSecurityEvent[] {
  return records.map((record) => ({ ...record, batchId }));
}

/** What is meant, said by looking at each event. */
function isMeant(event: StoredSecurityEvent, asked: SecurityEventFilter): boolean {
  const { actor, ip, severities, source, text: part, types } = asked;
  const texts = [event.type, event.actor, event.target, event.message];
  return (
    (types?.includes(event.type) ?? true) &&
    (severities?.includes(event.severity) ?? true) &&
    (actor === undefined || event.actor === actor) &&
    (ip === undefined || event.ip === ip) &&
    (source === undefined || event.source === source) &&
    (part === undefined || texts.some((each) => each.toLowerCase().includes(part)))
  );
}

/** Security events: read back, filtered, paged, counted, kept apart, named by their batch. */
export function securityEventCases(store: StorageUnderTest): void {
  const insert = (org: OrgId, ...batches: EventBatch[]) => insertEvents(store, org, ...batches);
  const search = (org: OrgId, asked: Partial<SecurityEventSearch> = {}) =>
    store.driver().securityEvents.search(org, { ...WHOLE, limit: 1000, ...asked }, patient());
  /** Steps of ten seconds around the suite's time. */
  const GRID = { fromMs: RECEIVED_AT_MS - 30_000, toMs: RECEIVED_AT_MS + 30_000, stepMs: 10_000 };
  const trend = (org: OrgId, asked: SecurityEventFilter = {}, topMax = 10) =>
    store.driver().securityEvents.trend(org, { ...GRID, topMax, ...asked }, patient());

  describe('security events', () => {
    it('read back as they were written, whatever they hold', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyEvent, { minLength: 1, maxLength: 8 }), async (events) => {
          const org = newOrg();
          const batches = [eventBatch(events.slice(0, 4)), eventBatch(events.slice(4))];
          await insert(org, ...batches);
          expect((await search(org)).events).toStrictEqual(newestFirst(batches.flatMap(storedEvents)));
        }),
        { numRuns: shareOf(store, 20) },
      );
    });

    it('are found, paged and counted as looking at every event gives', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(pickedEvent, { minLength: 1, maxLength: 40 }),
          filter,
          fc.integer({ min: 1, max: 9 }),
          async (events, asked, limit) => {
            const org = newOrg();
            const batches = [eventBatch(events.slice(0, 20)), eventBatch(events.slice(20))];
            await insert(org, ...batches);
            await insert(newOrg(), ...batches);
            const meant = newestFirst(batches.flatMap(storedEvents)).filter((event) => isMeant(event, asked));
            const found: StoredSecurityEvent[] = [];
            for (let page = await search(org, { ...asked, limit }); ; ) {
              found.push(...page.events);
              if (page.next === undefined) {
                break;
              }
              expect(page.events).toHaveLength(limit);
              page = await search(org, { ...asked, limit, before: page.next });
            }
            expect(found).toStrictEqual(meant);
            const { stats, ...counts } = await trend(org, asked);
            expect(counts).toEqual(referenceTrend(meant));
          },
        ),
        { numRuns: shareOf(store, 25) },
      );
    });

    it('are found over years, page by page, however few there are', async () => {
      const day = fc.integer({ min: -900, max: 0 });
      await fc.assert(
        fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 12 }), fc.tuple(day, day), async (days, ends) => {
          const org = newOrg();
          const batch = eventBatch(days.map((each) => ({ timestamp: at(each * 86_400) })));
          await insert(org, batch);
          const range = { start: at(Math.min(...ends) * 86_400), end: at(Math.max(...ends) * 86_400 + 1) };
          const found: StoredSecurityEvent[] = [];
          for (let before: SecurityEventSearch['before']; ; ) {
            const page = await search(org, { ...range, limit: 3, ...(before === undefined ? {} : { before }) });
            found.push(...page.events);
            before = page.next;
            if (before === undefined) {
              break;
            }
          }
          const isInside = ({ timestamp }: StoredSecurityEvent) => timestamp >= range.start && timestamp < range.end;
          expect(found).toStrictEqual(newestFirst(storedEvents(batch)).filter(isInside));
        }),
        { numRuns: shareOf(store, 15) },
      );
    });

    it('are limited to the range, whose end is outside', async () => {
      const org = newOrg();
      await insert(
        org,
        eventBatch([
          { timestamp: at(0), type: 'a' },
          { timestamp: at(1), type: 'b' },
        ]),
      );
      const found = await search(org, { start: at(0), end: at(1) });
      expect(found.events.map(({ type }) => type)).toEqual(['a']);
    });

    it('tell the most frequent types and actors first, and no more than wanted', async () => {
      const org = newOrg();
      await insert(
        org,
        eventBatch([
          { type: 'rare', actor: 'ann', occurrences: 2 },
          { type: 'flood', actor: 'bob', occurrences: 900, source: 'platform' },
          { type: 'rare', actor: '' },
        ]),
      );
      const { topActors, topTypes } = await trend(org, {}, 1);
      expect({ topActors, topTypes }).toEqual({
        topActors: [{ actor: 'bob', count: 900 }],
        topTypes: [{ type: 'flood', count: 900 }],
      });
    });

    it('of another organization are not there, though their batches have one id', async () => {
      const [mine, theirs] = [newOrg(), newOrg()];
      const batchId = newBatchId();
      const { securityEvents } = store.driver();
      await securityEvents.insert([
        encodeEvents(store, mine, eventBatch([{ type: 'mine' }], batchId)),
        encodeEvents(store, theirs, eventBatch([{ type: 'theirs' }, {}], batchId)),
      ]);
      expect((await search(mine)).events.map(({ type }) => type)).toEqual(['mine']);
      expect((await trend(mine)).topTypes).toEqual([{ type: 'mine', count: 1 }]);
      expect((await search(newOrg())).events).toEqual([]);
      expect(await securityEvents.storedIndexes(mine, batchId)).toEqual(new Set([0]));
      expect(await securityEvents.storedIndexes(theirs, batchId)).toEqual(new Set([0, 1]));
    });

    it('are named by batch and index, so that a redelivery writes none twice', async () => {
      const org = newOrg();
      const batch = eventBatch(Array.from({ length: 300 }, (_, n) => ({ timestamp: at(n * 200) })));
      await insert(org, { ...batch, records: batch.records.filter(({ index }) => index % 3 === 0) });
      await store.settle?.();
      const stored = await store.driver().securityEvents.storedIndexes(org, batch.batchId);
      expect(stored.size).toBe(100);
      await insert(org, { ...batch, records: batch.records.filter(({ index }) => !stored.has(index)) });
      expect((await search(org)).events).toStrictEqual(newestFirst(storedEvents(batch)));
    });

    it('are not read without time or without a client', async () => {
      const { securityEvents } = store.driver();
      const gone = { signal: AbortSignal.abort(), timeoutMs: 1000 };
      const late = { signal: new AbortController().signal, timeoutMs: 0 };
      for (const [bounds, code] of [
        [gone, 'query-cancelled'],
        [late, 'query-timeout'],
      ] as const) {
        const page = securityEvents.search(newOrg(), { ...WHOLE, limit: 1 }, bounds);
        await expect(page).rejects.toMatchObject({ code });
        const counts = securityEvents.trend(newOrg(), { ...GRID, topMax: 1 }, bounds);
        await expect(counts).rejects.toMatchObject({ code });
      }
    });
  });

  function referenceTrend(events: readonly StoredSecurityEvent[]) {
    const total = (some: readonly StoredSecurityEvent[]) => some.reduce((sum, { occurrences }) => sum + occurrences, 0);
    const stepOf = ({ timestamp }: StoredSecurityEvent) =>
      Math.floor((Number(timestamp / 1_000_000n) - GRID.fromMs) / GRID.stepMs);
    const steps = Array.from({ length: 6 }, (_, step) => step).flatMap((step) =>
      EVENT_SEVERITIES.flatMap((severity) => {
        const own = events.filter((event) => event.severity === severity && stepOf(event) === step);
        return own.length === 0 ? [] : [{ step, severity, count: total(own) }];
      }),
    );
    const top = (nameOf: (event: StoredSecurityEvent) => string) =>
      [...Map.groupBy(events, nameOf)]
        .filter(([name]) => name !== '')
        .map(([name, own]) => ({ name, count: total(own) }))
        .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    return {
      steps,
      topTypes: top(({ type }) => type).map(({ name, count }) => ({ type: name, count })),
      topActors: top(({ actor }) => actor).map(({ name, count }) => ({ actor: name, count })),
    };
  }
}
