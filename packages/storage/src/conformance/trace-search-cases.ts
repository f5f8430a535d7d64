import type { OrgId, SpanCondition, SpanRecord, TraceCandidateSearch, TraceSummary } from '@aegisguard/model';
import { SPAN_STATUSES } from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertSpans, newTraceId, type SpanBatch, spanBatch } from './span-under-test.ts';
import { at, newOrg, patient, type StorageUnderTest } from './storage-under-test.ts';
import { keyOf, referenceTraces } from './trace-reference.ts';

const WHOLE = { start: at(-80_000), end: at(80_000) };
const EVERYTHING: readonly SpanCondition[] = [{ kind: 'everything' }];
const OF_CART: readonly SpanCondition[] = [
  {
    kind: 'compare',
    field: { kind: 'attribute', scope: 'resource', name: 'service.name' },
    op: '=',
    value: 'cart',
  },
];

type Search = Omit<TraceCandidateSearch, 'limit' | 'after'>;

const spanOfTrace: fc.Arbitrary<Partial<SpanRecord>> = fc.record({
  service: fc.constantFrom('checkout', 'cart', 'pay', ''),
  name: fc.constantFrom('GET /', 'POST /pay', "it's", 'SELECT'),
  status: fc.constantFrom(...SPAN_STATUSES),
  startTime: fc.integer({ min: -300, max: 300 }).map((second) => at(second)),
  durationNanos: fc.integer({ min: 0, max: 5 }).map((seconds) => BigInt(seconds) * 1_000_000_000n),
  parentSpanId: fc.constantFrom('', '00000000000000aa'),
});

/** Traces in lists: their order, pages, and what is told of each. Which traces a condition finds is among the cases of questions about spans. */
export function traceSearchCases(store: StorageUnderTest): void {
  const spans = () => store.driver().spans;

  /** What is told of traces, in their order. */
  async function summaries(
    org: OrgId,
    traceIds: readonly string[],
    range: Pick<Search, 'start' | 'end'>,
  ): Promise<TraceSummary[]> {
    const { traces } = await spans().summarizeTraces(org, { ...range, traceIds }, patient());
    const byId = new Map(traces.map((trace) => [trace.traceId, trace]));
    expect(byId.size).toBe(traces.length);
    return traceIds.flatMap((id) => byId.get(id) ?? []);
  }

  async function readPages(
    org: OrgId,
    search: Search,
    limit: number,
    betweenPages: () => Promise<void> = async () => undefined,
  ): Promise<TraceSummary[]> {
    const all: TraceSummary[] = [];
    let after: TraceCandidateSearch['after'];
    do {
      const asked = { ...search, limit, ...(after === undefined ? {} : { after }) };
      const { traces, next } = await spans().findTraces(org, asked, patient());
      expect(traces.length).toBeLessThanOrEqual(limit);
      if (next !== undefined) {
        expect(traces).toHaveLength(limit);
        expect(next).toEqual(traces.at(-1));
      }
      const told = await summaries(
        org,
        traces.map(({ traceId }) => traceId),
        search,
      );
      expect(told.map((trace) => keyOf(trace, search.sort))).toEqual(traces.map(({ key }) => key));
      all.push(...told);
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
      const given = traces.flatMap((own) => {
        const traceId = newTraceId();
        return own.map((span) => ({ ...span, traceId }));
      });
      batches = [0, 1, 2].map((part) => spanBatch(given.filter((_, n) => n % 3 === part)));
      for (const batch of batches) {
        await insertSpans(store, org, batch);
      }
      // Of somebody else, of the same time and ids: must not be seen.
      await insertSpans(store, newOrg(), spanBatch(given.slice(0, 50)));
      await store.settle?.();
    });

    const stored = () => batches.flatMap(({ records }) => records);

    it.each([
      ['newest', 7],
      ['newest', 500],
      ['slowest', 7],
      ['slowest', 500],
    ] as const)('tells of every trace what its spans say, by %s, on pages of %d', async (sort, limit) => {
      const search = { ...WHOLE, conditions: EVERYTHING, sort };
      expect(await readPages(org, search, limit)).toStrictEqual(referenceTraces(stored(), sort));
    });

    it.each(['newest', 'slowest'] as const)('by %s has every trace once though more arrive meanwhile', async (sort) => {
      const own = newOrg();
      const first = spanBatch(
        Array.from({ length: 40 }, (_, n) => ({ startTime: at(Math.floor(n / 3)), durationNanos: BigInt(n % 7) })),
      );
      await insertSpans(store, own, first);
      let arrivals = 0;
      const read = await readPages(own, { ...WHOLE, conditions: EVERYTHING, sort }, 7, async () => {
        arrivals += 1;
        await insertSpans(store, own, spanBatch([{ startTime: at(arrivals * 2), durationNanos: BigInt(arrivals) }]));
      });
      const ids = read.map(({ traceId }) => traceId);
      expect(new Set(ids).size).toBe(ids.length);
      const known = new Set(first.records.map(({ traceId }) => traceId));
      expect(read.filter(({ traceId }) => known.has(traceId))).toStrictEqual(referenceTraces(first.records, sort));
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
      const search = { conditions: OF_CART, start: at(0), end: at(60), sort: 'newest' as const };
      expect(await readPages(own, search, 5)).toEqual([
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
      const search = { conditions: EVERYTHING, start: at(5), end: at(-5), limit: 5, sort: 'newest' as const };
      expect(await spans().findTraces(org, search, patient())).toMatchObject({ traces: [] });
      for (const after of [
        { key: 1n, traceId: "' OR 1" },
        { key: -1n, traceId: newTraceId() },
        { key: 2n ** 64n, traceId: newTraceId() },
      ]) {
        const asked = spans().findTraces(org, { ...search, ...WHOLE, after }, patient());
        await expect(asked).rejects.toMatchObject({ code: 'invalid-cursor' });
      }
    });
  });
}
