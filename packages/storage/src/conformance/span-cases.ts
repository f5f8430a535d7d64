import type { JsonObject, JsonValue, SpanRecord } from '@aegisguard/model';
import { SPAN_KINDS, SPAN_STATUSES } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeSpans,
  insertSpans,
  newSpanId,
  newTraceId,
  type SpanBatch,
  spanBatch,
  storedSpan,
} from './span-under-test.ts';
import { at, newBatchId, newOrg, patient, type StorageUnderTest, shareOf } from './storage-under-test.ts';

const DAY = '2026-11-20';
const LIMIT = 1_000;

// Texts as UTF-8 can say them, and numbers as JSON text can: −0 is 0 there.
const text = fc.string({ unit: 'grapheme' });
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0),
  text,
  fc.array(fc.oneof(text, fc.integer()), { maxLength: 3 }),
  fc.dictionary(text, fc.integer(), { maxKeys: 2 }),
);
const object: fc.Arbitrary<JsonObject> = fc
  .dictionary(fc.oneof(fc.constantFrom('a', 'a.b', '__proto__'), text), value, { maxKeys: 4 })
  .map((given) => JSON.parse(JSON.stringify(given)) as JsonObject);
const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });
/** Records as decoders make them. */
const PLAIN = { noNullPrototype: true };
const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4_294_967_295 }));

const span: fc.Arbitrary<Partial<SpanRecord>> = fc.record({
  parentSpanId: fc.oneof(
    fc.constant(''),
    hex(15).map((id) => `1${id}`),
  ),
  traceState: text,
  name: text,
  kind: fc.constantFrom(...SPAN_KINDS),
  service: text,
  host: text,
  env: text,
  version: text,
  startTime: fc.integer({ min: -80_000, max: 80_000 }).map((second) => at(second, 7)),
  durationNanos: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  status: fc.constantFrom(...SPAN_STATUSES),
  statusMessage: text,
  scopeName: text,
  scopeVersion: text,
  attributes: object,
  resource: object,
  details: object,
  events: fc.array(
    fc.record(
      {
        timestamp: fc.bigInt({ min: 0n, max: 2n ** 62n }).map((nanos) => nanos as SpanRecord['startTime']),
        name: text,
        attributes: object,
        droppedAttributesCount: count,
      },
      PLAIN,
    ),
    { maxLength: 3 },
  ),
  links: fc.array(
    fc.record(
      {
        traceId: hex(32),
        spanId: hex(16),
        traceState: text,
        flags: count,
        attributes: object,
        droppedAttributesCount: count,
      },
      PLAIN,
    ),
    { maxLength: 3 },
  ),
  truncated: fc.boolean(),
});

/** Spans: read back, folded, cut, kept apart, named by their batch. */
export function spanCases(store: StorageUnderTest): void {
  const readTrace = (org: ReturnType<typeof newOrg>, traceId: string, limit = LIMIT) =>
    store.driver().spans.readTrace(org, traceId, limit, patient());

  const ordered = ({ records }: SpanBatch) =>
    records
      .map(storedSpan)
      .sort((a, b) =>
        a.startTime === b.startTime ? (a.spanId < b.spanId ? -1 : 1) : a.startTime < b.startTime ? -1 : 1,
      );

  describe('a trace', () => {
    it('reads back as it was written, whatever its spans hold', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 8 }), async (spans) => {
          const org = newOrg();
          const traceId = newTraceId();
          const batch = spanBatch(spans.map((given) => ({ ...given, traceId })));
          await insertSpans(store, org, batch, spanBatch([{}]));
          const { spans: read, isCut } = await readTrace(org, traceId);
          expect(read).toStrictEqual(ordered(batch));
          expect(isCut).toBe(false);
        }),
        { numRuns: shareOf(store, 20) },
      );
    });

    it('is found whole among others, over days and services, after its parts were merged, too', async () => {
      const org = newOrg();
      const traceIds = Array.from({ length: shareOf(store, 50) }, newTraceId);
      const batches = Array.from({ length: 6 }, (_, part) =>
        spanBatch(
          traceIds.map((traceId, n) => ({
            traceId,
            service: `s${(n + part) % 4}`,
            startTime: at((part - 3) * 30_000 + n),
          })),
        ),
      );
      for (const batch of batches) {
        await insertSpans(store, org, batch);
      }
      const expectAll = async () => {
        for (const [n, traceId] of traceIds.entries()) {
          const expected = batches.map(({ records }) => records[n]).map((record) => record && storedSpan(record));
          expect((await readTrace(org, traceId)).spans).toStrictEqual(expected);
        }
      };
      await expectAll();
      await store.settle?.();
      await expectAll();
    });

    it('is found where its services have long names', async () => {
      const org = newOrg();
      const traceId = newTraceId();
      const service = '\u{1F6D2}'.repeat(99);
      await insertSpans(
        store,
        org,
        spanBatch(
          Array.from({ length: 1000 }, (_, n) => ({ traceId, startTime: at(n), service: `${service}${n % 2}` })),
        ),
      );
      expect((await readTrace(org, traceId)).spans).toHaveLength(1000);
    });

    it('has each span once, as it came last', async () => {
      const org = newOrg();
      const [traceId, spanId] = [newTraceId(), newSpanId()];
      const first = spanBatch([
        { traceId, spanId, name: 'first' },
        { traceId, name: 'other', startTime: at(1) },
      ]);
      const second = spanBatch([{ traceId, spanId, name: 'second', startTime: at(2), service: 'moved' }]);
      // The batch ids tell which came last, not the order of the inserts.
      await insertSpans(store, org, second);
      await insertSpans(store, org, first);
      const { spans } = await readTrace(org, traceId);
      expect(spans.map(({ name }) => name)).toEqual(['other', 'second']);
    });

    it('is cut at the limit, the earliest spans first, and says so', async () => {
      const org = newOrg();
      const traceId = newTraceId();
      const batch = spanBatch(
        Array.from({ length: 1500 }, (_, n) => ({ traceId, service: `s${n % 3}`, startTime: at((n * 7) % 1500) })),
      );
      await insertSpans(store, org, batch);
      for (const [limit, isCut] of [
        [1, true],
        [1499, true],
        [1500, false],
        [5000, false],
      ] as const) {
        const read = await readTrace(org, traceId, limit);
        expect(read.spans).toStrictEqual(ordered(batch).slice(0, limit));
        expect(read.isCut).toBe(isCut);
      }
    });

    it('that is not there is empty, whatever is asked for', async () => {
      const org = newOrg();
      for (const id of [newTraceId(), '', 'x', "' OR 1=1 --", '0'.repeat(31), 'G'.repeat(32)]) {
        expect(await readTrace(org, id)).toMatchObject({ spans: [], isCut: false });
      }
    });

    it('of another organization is not seen, though ids of trace, span and batch are the same', async () => {
      const [mine, theirs] = [newOrg(), newOrg()];
      const [traceId, spanId, batchId] = [newTraceId(), newSpanId(), newBatchId()];
      const mineBatch = spanBatch([{ traceId, spanId, name: 'mine' }], batchId);
      const theirBatch = spanBatch(
        [
          { traceId, spanId, name: 'theirs' },
          { traceId, name: 'theirs too' },
        ],
        batchId,
      );
      await store.driver().spans.insert([encodeSpans(store, mine, mineBatch), encodeSpans(store, theirs, theirBatch)]);
      expect((await readTrace(mine, traceId)).spans).toStrictEqual(ordered(mineBatch));
      expect((await readTrace(newOrg(), traceId)).spans).toEqual([]);
      const { spans } = store.driver();
      expect(await spans.storedIndexes(mine, batchId)).toEqual(new Set([0]));
      expect(await spans.storedIndexes(theirs, batchId)).toEqual(new Set([0, 1]));
      expect(await store.driver().logs.storedIndexes(mine, batchId)).toEqual(new Set());
    });
  });

  describe('spans', () => {
    it('are named by batch and index, so that a redelivery stores only what is missing', async () => {
      const org = newOrg();
      const batch = spanBatch(Array.from({ length: 500 }, (_, n) => ({ startTime: at(n), service: `s${n % 5}` })));
      const part = { ...batch, records: batch.records.filter(({ index }) => index % 3 === 0) };
      await insertSpans(store, org, part, spanBatch([{}]), spanBatch([]));
      const stored = await store.driver().spans.storedIndexes(org, batch.batchId);
      expect(stored).toEqual(new Set(part.records.map(({ index }) => index)));
      await insertSpans(store, org, { ...batch, records: batch.records.filter(({ index }) => !stored.has(index)) });
      expect((await store.driver().spans.storedIndexes(org, batch.batchId)).size).toBe(500);
    });

    it('count as usage of their day, beside the other signals', async () => {
      const org = newOrg();
      await insertSpans(store, org, spanBatch([{ name: 'é', service: 'ab', attributes: { n: 'xyz' } }, {}]));
      await insertSpans(store, org, spanBatch([{}]));
      const [usage, ...none] = await store.driver().readDailyUsage(org, DAY, DAY);
      expect(none).toEqual([]);
      expect(usage).toMatchObject({ date: DAY, logsCount: 0, spansCount: 3, rumCount: 0 });
      const plain = 48 + 'GET /'.length + 'checkout'.length;
      expect(usage?.spansBytes).toBe(2 * plain + 48 + 2 + 2 + 'n=xyz'.length);
    });

    it('have ids that are hexadecimal and as long as they must be', () => {
      for (const given of [{ traceId: 'ab' }, { spanId: 'x'.repeat(16) }, { parentSpanId: '12' }]) {
        expect(() => encodeSpans(store, newOrg(), spanBatch([given]))).toThrow(TypeError);
      }
    });

    it('are not read without time or without a client', async () => {
      const { spans } = store.driver();
      const gone = { signal: AbortSignal.abort(), timeoutMs: 1000 };
      const late = { signal: new AbortController().signal, timeoutMs: 0 };
      const conditions = [{ kind: 'everything' as const }];
      const search = { conditions, start: at(0), end: at(1), limit: 1, sort: 'newest' as const };
      for (const [bounds, code] of [
        [gone, 'query-cancelled'],
        [late, 'query-timeout'],
      ] as const) {
        await expect(spans.readTrace(newOrg(), newTraceId(), 1, bounds)).rejects.toMatchObject({ code });
        await expect(spans.findTraces(newOrg(), search, bounds)).rejects.toMatchObject({ code });
      }
    });
  });
}
