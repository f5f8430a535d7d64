import type { OrgId, SpanRecord, TracePosition, TraceSearch, TraceSummary } from '@aegisguard/model';
import { SPAN_STATUSES } from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertSpans, newTraceId, type SpanBatch, spanBatch } from './span-under-test.ts';
import { at, newOrg, patient, type StorageUnderTest, shareOf } from './storage-under-test.ts';
import { keyOf, referenceTraces } from './trace-reference.ts';

const WHOLE = { start: at(-80_000), end: at(80_000) };
const HOSTILE = ["'", '\\', "x' OR 1=1 --", '\0', '%', '🦊', '\n', '), ('];
const SERVICES = ['checkout', 'cart', 'pay', ''];
const OPERATIONS = ['GET /', 'POST /pay', "it's", 'SELECT'];

type Selection = Omit<TraceSearch, 'limit' | 'after'>;

const spanOfTrace: fc.Arbitrary<Partial<SpanRecord>> = fc.record({
  service: fc.constantFrom(...SERVICES),
  name: fc.constantFrom(...OPERATIONS),
  status: fc.constantFrom(...SPAN_STATUSES),
  startTime: fc.integer({ min: -300, max: 300 }).map((second) => at(second)),
  durationNanos: fc.integer({ min: 0, max: 5 }).map((seconds) => BigInt(seconds) * 1_000_000_000n),
  parentSpanId: fc.constantFrom('', '00000000000000aa'),
  host: fc.constantFrom('', 'web-1'),
  attributes: fc.constantFrom(
    {},
    { http: { status: 200 } },
    { http: { status: 500 }, user: { id: 'u-123456' } },
    ...HOSTILE.map((text) => ({ text, id: `${text}123456` })),
  ),
  resource: fc.constantFrom({}, { region: 'eu' }, { 'http.status': 404 }),
});

const selection: fc.Arbitrary<Selection> = fc
  .record(
    {
      service: fc.constantFrom(...SERVICES, 'absent'),
      operation: fc.constantFrom(...OPERATIONS),
      status: fc.constantFrom(...SPAN_STATUSES),
      minDurationNanos: fc.integer({ min: -1, max: 5 }).map((seconds) => BigInt(seconds) * 1_000_000_000n),
      maxDurationNanos: fc.integer({ min: -1, max: 5 }).map((seconds) => BigInt(seconds) * 1_000_000_000n),
      attributes: fc.dictionary(
        fc.constantFrom('http_status', 'user_id', 'region', 'text', 'id', 'host', 'service_name', 'absent', "x' OR 1"),
        fc.constantFrom('', '200', '500', '404', 'u-123456', 'eu', 'web-1', 'cart', ...HOSTILE, `${HOSTILE[2]}123456`),
        { maxKeys: 2 },
      ),
      start: fc.integer({ min: -320, max: 320 }).map((second) => at(second)),
      end: fc.integer({ min: -320, max: 320 }).map((second) => at(second)),
      sort: fc.constantFrom('newest' as const, 'slowest' as const),
    },
    { requiredKeys: ['sort'] },
  )
  .map((given) => ({ ...WHOLE, ...given }));

/** Each finds some traces. */
const SELECTIONS: readonly (readonly [string, Partial<Selection>])[] = [
  ['nothing', {}],
  ['a service', { service: 'cart' }],
  ['an operation', { operation: "it's" }],
  ['a status', { status: 'error' }],
  ['a least duration', { minDurationNanos: 5_000_000_000n }],
  ['a greatest duration', { maxDurationNanos: 0n }],
  ['an attribute', { attributes: { http_status: '500' } }],
  ['an attribute with many values', { attributes: { user_id: 'u-123456' } }],
  ['a resource attribute', { attributes: { region: 'eu' } }],
  ['a label of a column', { attributes: { host: 'web-1', service_name: 'pay' } }],
  ['hostile values', { attributes: { text: "x' OR 1=1 --", id: "x' OR 1=1 --123456" } }],
];

/** Which traces a search finds, in which order, on which page. */
export function traceSearchCases(store: StorageUnderTest): void {
  async function readPages(
    org: OrgId,
    search: Selection,
    limit: number,
    betweenPages: () => Promise<void> = async () => undefined,
  ): Promise<TraceSummary[]> {
    const all: TraceSummary[] = [];
    let after: TracePosition | undefined;
    do {
      const asked = { ...search, limit, ...(after === undefined ? {} : { after }) };
      const { traces, next } = await store.driver().spans.searchTraces(org, asked, patient());
      expect(traces.length).toBeLessThanOrEqual(limit);
      if (next !== undefined) {
        const last = traces.at(-1);
        expect(traces).toHaveLength(limit);
        expect(next).toEqual(last && { key: keyOf(last, search.sort), traceId: last.traceId });
      }
      all.push(...traces);
      after = next;
      await betweenPages();
    } while (after !== undefined);
    return all;
  }

  describe('a search for traces', () => {
    let org: OrgId;
    let batches: SpanBatch[];

    beforeAll(async () => {
      org = newOrg();
      const traces = fc.sample(fc.array(spanOfTrace, { minLength: 1, maxLength: 6 }), { numRuns: 120, seed: 7 });
      const spans = traces.flatMap((given) => {
        const traceId = newTraceId();
        return given.map((span) => ({ ...span, traceId }));
      });
      batches = [0, 1, 2].map((part) => spanBatch(spans.filter((_, n) => n % 3 === part)));
      for (const batch of batches) {
        await insertSpans(store, org, batch);
      }
      // Of somebody else, of the same time: must not be seen.
      await insertSpans(store, newOrg(), spanBatch(spans.slice(0, 50)));
      await store.settle?.();
    });

    const stored = () => batches.flatMap(({ records }) => records);

    it('finds what looking at every span finds, in that order, whatever is asked for', async () => {
      await fc.assert(
        fc.asyncProperty(selection, async (search) => {
          const { traces, next } = await store.driver().spans.searchTraces(org, { ...search, limit: 500 }, patient());
          expect(traces).toStrictEqual(referenceTraces(stored(), search));
          expect(next).toBeUndefined();
        }),
        { numRuns: shareOf(store, 150) },
      );
    });

    it.each(SELECTIONS.slice(0, shareOf(store, SELECTIONS.length)))(
      'finds some and not all by %s',
      async (name, given) => {
        for (const sort of ['newest', 'slowest'] as const) {
          const search = { ...WHOLE, ...given, sort };
          const { traces } = await store.driver().spans.searchTraces(org, { ...search, limit: 500 }, patient());
          expect(traces).toStrictEqual(referenceTraces(stored(), search));
          expect(traces.length).toBeGreaterThan(0);
          expect(traces.length < 120).toBe(name !== 'nothing');
        }
      },
    );

    it('has pages that are one big page', async () => {
      await fc.assert(
        fc.asyncProperty(selection, fc.integer({ min: 3, max: 40 }), async (search, limit) => {
          expect(await readPages(org, search, limit)).toStrictEqual(referenceTraces(stored(), search));
        }),
        { numRuns: shareOf(store, 25) },
      );
    });

    it.each(['newest', 'slowest'] as const)('by %s has every trace once though more arrive meanwhile', async (sort) => {
      const own = newOrg();
      const first = spanBatch(
        Array.from({ length: 40 }, (_, n) => ({ startTime: at(Math.floor(n / 3)), durationNanos: BigInt(n % 7) })),
      );
      await insertSpans(store, own, first);
      let arrivals = 0;
      const read = await readPages(own, { ...WHOLE, sort }, 7, async () => {
        arrivals += 1;
        await insertSpans(store, own, spanBatch([{ startTime: at(arrivals * 2), durationNanos: BigInt(arrivals) }]));
      });
      const ids = read.map(({ traceId }) => traceId);
      expect(new Set(ids).size).toBe(ids.length);
      const known = new Set(first.records.map(({ traceId }) => traceId));
      expect(read.filter(({ traceId }) => known.has(traceId))).toStrictEqual(
        referenceTraces(first.records, { ...WHOLE, sort }),
      );
    });

    it('tells of the whole trace, also of spans outside of the range and of spans that came twice', async () => {
      const own = newOrg();
      const traceId = newTraceId();
      const batch = spanBatch([
        { traceId, service: 'edge', name: 'root', startTime: at(-5000), durationNanos: 7_000_000_000_000n },
        {
          traceId,
          service: 'cart',
          name: 'inner',
          parentSpanId: '00000000000000aa',
          startTime: at(10),
          status: 'error',
        },
      ]);
      await insertSpans(store, own, batch, spanBatch(batch.records.map((record) => ({ ...record }))));
      const search = { service: 'cart', start: at(0), end: at(60), limit: 5, sort: 'newest' as const };
      const { traces } = await store.driver().spans.searchTraces(own, search, patient());
      expect(traces).toEqual([
        {
          traceId,
          rootService: 'edge',
          rootName: 'root',
          startTime: at(-5000),
          durationNanos: 7_000_000_000_000n,
          spanCount: 2,
          errorCount: 1,
          services: ['cart', 'edge'],
        },
      ]);
    });

    it('finds nothing in a range without width, and refuses a place that is none', async () => {
      const { spans } = store.driver();
      const search = { start: at(5), end: at(-5), limit: 5, sort: 'newest' as const };
      expect(await spans.searchTraces(org, search, patient())).toMatchObject({ traces: [] });
      for (const after of [
        { key: 1n, traceId: "' OR 1" },
        { key: -1n, traceId: newTraceId() },
        { key: 2n ** 64n, traceId: newTraceId() },
      ]) {
        const asked = spans.searchTraces(org, { ...search, ...WHOLE, after }, patient());
        await expect(asked).rejects.toMatchObject({ code: 'invalid-cursor' });
      }
    });
  });
}
