import type {
  FetchedSpan,
  OrgId,
  SpanAggregation,
  SpanCondition,
  SpanRecord,
  TraceCandidateSearch,
} from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectGroups, firstValue, referenceGroups } from './span-aggregation-reference.ts';
import { extentOf, holdsOfSpan } from './span-condition-reference.ts';
import { sampleTraces, spanCondition, spanField } from './span-query-samples.ts';
import { insertSpans, type SpanBatch, spanBatch } from './span-under-test.ts';
import { at, newOrg, patient, type StorageUnderTest, shareOf } from './storage-under-test.ts';

const WHOLE = { start: at(-80_000), end: at(80_000) };
const ALL_PARTS = { attributes: true, events: true, links: true, scope: true };
const LIMIT = 100_000;
const TRACES = 100;

type Search = Omit<TraceCandidateSearch, 'limit' | 'after'>;

/** What is asked of spans: nothing is missed, and what is said to be exact is. */
export function spanQueryCases(store: StorageUnderTest): void {
  const spans = () => store.driver().spans;

  describe('questions about spans', () => {
    let org: OrgId;
    let stored: readonly SpanRecord[];
    let traces: ReadonlyMap<string, readonly SpanRecord[]>;

    beforeAll(async () => {
      org = newOrg();
      const given = sampleTraces(TRACES, 11);
      const batches = [0, 1, 2].map((part): SpanBatch => spanBatch(given.filter((_, n) => n % 3 === part)));
      for (const batch of batches) {
        await insertSpans(store, org, batch);
      }
      // Of somebody else, of the same time and ids: must not be seen.
      await insertSpans(store, newOrg(), spanBatch(given.slice(0, 50)));
      await store.settle?.();
      stored = batches.flatMap(({ records }) => records);
      traces = Map.groupBy(stored, ({ traceId }) => traceId);
    });

    const holds = (condition: SpanCondition, span: SpanRecord) =>
      holdsOfSpan(condition, span, traces.get(span.traceId) ?? []);
    const isIn = ({ start, end }: { readonly start: bigint; readonly end: bigint }, { startTime }: SpanRecord) =>
      startTime >= start && startTime < end;

    function referenceTraces({ conditions, sort, ...range }: Search): { traceId: string; key: bigint }[] {
      return [...traces]
        .filter(([, own]) =>
          conditions.every((condition) => own.some((span) => isIn(range, span) && holds(condition, span))),
        )
        .map(([traceId, own]) => ({ traceId, key: keyOf(own, sort) }))
        .sort((a, b) => (a.key === b.key ? (a.traceId < b.traceId ? 1 : -1) : a.key < b.key ? 1 : -1));
    }

    async function findAll(search: Search, limit: number): Promise<{ traceId: string; key: bigint }[]> {
      const all: { traceId: string; key: bigint }[] = [];
      let after: TraceCandidateSearch['after'];
      do {
        const asked = { ...search, limit, ...(after === undefined ? {} : { after }) };
        const { traces: page, next } = await spans().findTraces(org, asked, patient());
        expect(page.length).toBeLessThanOrEqual(limit);
        all.push(...page);
        after = next;
      } while (after !== undefined);
      return all;
    }

    it('miss no trace, in their order, each once, on pages of any size', async () => {
      const search = fc.record({
        conditions: fc.array(spanCondition, { minLength: 1, maxLength: 3 }),
        sort: fc.constantFrom('newest' as const, 'slowest' as const),
        start: fc.constantFrom(WHOLE.start, at(-200), at(0)),
        end: fc.constantFrom(WHOLE.end, at(200), at(10)),
      });
      await fc.assert(
        fc.asyncProperty(search, fc.constantFrom(30, 200), async (asked, limit) => {
          const found = await findAll(asked, limit);
          const expected = referenceTraces(asked);
          const ids = new Set(found.map(({ traceId }) => traceId));
          expect(ids.size).toBe(found.length);
          expect(found.filter(({ traceId }) => expected.some((one) => one.traceId === traceId))).toStrictEqual(
            expected,
          );
          const everything = referenceTraces({ ...asked, conditions: [{ kind: 'everything' }], ...WHOLE });
          expect(everything.filter(({ traceId }) => ids.has(traceId))).toStrictEqual(found);
        }),
        { numRuns: shareOf(store, 60) },
      );
    });

    it.each(TELLING.slice(0, shareOf(store, TELLING.length)))(
      'find exactly the traces of %s',
      async (_, conditions) => {
        for (const sort of ['newest', 'slowest'] as const) {
          const asked = { ...WHOLE, conditions, sort };
          const expected = referenceTraces(asked);
          expect(await findAll(asked, 50)).toStrictEqual(expected);
          expect(expected.length).toBeGreaterThan(0);
          expect(expected.length).toBeLessThan(TRACES);
        }
      },
    );

    const keyed = (given: readonly FetchedSpan[]) =>
      new Map(given.map((span) => [`${span.traceId}${span.spanId}`, span]));

    it('read every span that is meant, and the others of its trace where they are asked for', async () => {
      await fc.assert(
        fc.asyncProperty(
          spanCondition,
          fc.boolean(),
          fc.integer({ min: 0, max: 9 }),
          async (condition, structure, third) => {
            const traceIds = [...traces.keys()].filter((_, n) => n % 10 === third);
            const { spans: read } = await spans().fetchSpans(
              org,
              { ...WHOLE, traceIds, condition, structure, parts: ALL_PARTS, limit: LIMIT },
              patient(),
            );
            const byId = keyed(read);
            expect(byId.size).toBe(read.length);
            const own = stored.filter(({ traceId }) => traceIds.includes(traceId));
            for (const span of own) {
              const found = byId.get(`${span.traceId}${span.spanId}`);
              if (holds(condition, span)) {
                expect(found).toStrictEqual(wholeSpan(span));
              } else if (structure) {
                expect(found).toMatchObject(lightSpan(span));
              }
            }
            expect(read.length).toBeLessThanOrEqual(own.length);
          },
        ),
        { numRuns: shareOf(store, 30) },
      );
    });

    it('scan every span that is meant', async () => {
      await fc.assert(
        fc.asyncProperty(spanCondition, async (condition) => {
          const range = { start: at(-100), end: at(200) };
          const read: FetchedSpan[] = [];
          await spans().scanSpans(org, { ...range, condition, parts: ALL_PARTS }, patient(), (some) => {
            read.push(...some);
          });
          const byId = keyed(read);
          expect(byId.size).toBe(read.length);
          for (const span of stored.filter((one) => isIn(range, one) && holds(condition, one))) {
            expect(byId.get(`${span.traceId}${span.spanId}`)).toStrictEqual(wholeSpan(span));
          }
        }),
        { numRuns: shareOf(store, 60) },
      );
    });

    const aggregation: fc.Arbitrary<SpanAggregation> = fc.record({
      condition: spanCondition,
      start: fc.constantFrom(at(-240), at(-200, 5)),
      end: fc.constantFrom(at(240), at(199, 9)),
      step: fc.constantFrom(60_000_000_000n, 7_000_000_001n, 10n ** 30n),
      by: fc.array(spanField, { maxLength: 2 }),
      measure: fc.oneof(
        fc.constant({ kind: 'count' as const }),
        fc.record({
          kind: fc.constantFrom('sum' as const, 'min' as const, 'max' as const, 'log2' as const),
          field: fc.oneof(fc.constant({ kind: 'intrinsic' as const, name: 'duration' as const }), spanField),
        }),
      ),
      groupsMax: fc.constant(1_000),
    });

    it('aggregate exactly, or not at all', async () => {
      await fc.assert(
        fc.asyncProperty(aggregation, async (asked) => {
          const answer = await spans().aggregateSpans(org, asked, patient());
          if (answer !== undefined) {
            const own = stored.filter((span) => isIn(asked, span) && holds(asked.condition, span));
            expectGroups(
              answer.groups,
              referenceGroups(asked, own, (field, span) => firstValue(field, span, traces)),
            );
          }
        }),
        { numRuns: shareOf(store, 80) },
      );
    });

    it('count by values that repeat and by values that do not, together and by themselves', async () => {
      const own = newOrg();
      const given = [
        { v: 'a' },
        { v: 'a' },
        { v: 'a=b' },
        { v: '' },
        { v: 'id-123456' },
        { v: 'id-123457' },
        { v: 7 },
        {},
      ];
      const batch = spanBatch(
        given.flatMap((attributes, n) =>
          ['x', 'x-123456'].map((w) => ({ startTime: at(n), attributes: { ...attributes, w } })),
        ),
      );
      await insertSpans(store, own, batch);
      const range = { start: at(0), end: at(100), step: 10n ** 12n, groupsMax: 100 };
      const measure = { kind: 'count' as const };
      for (const by of [['v'], ['w'], ['v', 'w']].map((names) => names.map((name) => attribute('span', name)))) {
        const asked = { ...range, condition: { kind: 'everything' as const }, by, measure };
        const { groups = [] } = (await spans().aggregateSpans(own, asked, patient())) ?? {};
        expectGroups(
          groups,
          referenceGroups(asked, batch.records, (field, span) => firstValue(field, span, new Map())),
        );
      }
    });
  });
}

function keyOf(trace: readonly SpanRecord[], sort: Search['sort']): bigint {
  const { start, end } = extentOf(trace);
  return sort === 'newest' ? start : end - start;
}

function lightSpan(span: SpanRecord): FetchedSpan {
  const { traceId, spanId, parentSpanId, name, kind, service, startTime, durationNanos, status, statusMessage } = span;
  return { traceId, spanId, parentSpanId, name, kind, service, startTime, durationNanos, status, statusMessage };
}

function wholeSpan(span: SpanRecord): FetchedSpan {
  const { attributes, resource, details, scopeName, scopeVersion, events, links } = span;
  return { ...lightSpan(span), attributes, resource, details, scopeName, scopeVersion, events, links };
}

const attribute = (scope: 'span' | 'resource' | 'instrumentation', name: string) =>
  ({ kind: 'attribute', scope, name }) as const;
const intrinsic = (name: 'duration' | 'name' | 'status' | 'kind' | 'event-name' | 'status-message') =>
  ({ kind: 'intrinsic', name }) as const;
type Compare = Extract<SpanCondition, { readonly kind: 'compare' }>;
const compare = (field: Compare['field'], op: Compare['op'], value: Compare['value']): Compare => ({
  kind: 'compare',
  field,
  op,
  value,
});

/** Nothing else is found by these, whatever else shares their labels. */
const TELLING: readonly (readonly [name: string, conditions: readonly SpanCondition[]])[] = [
  ['a duration', [compare(intrinsic('duration'), '>', 1_000_000_000n)]],
  ['a name', [compare(intrinsic('name'), '=', "it's")]],
  ['a status and a kind', [compare(intrinsic('status'), '=', 'error'), compare(intrinsic('kind'), '=', 'server')]],
  [
    'a message that it is not',
    [compare(intrinsic('status-message'), '!=', 'timed out'), compare(intrinsic('kind'), '=', 'client')],
  ],
  ['an event', [compare(intrinsic('event-name'), '=', 'exception'), compare(intrinsic('name'), '=', 'POST /pay')]],
  [
    'a service',
    [compare(attribute('resource', 'service.name'), '=~', 'c.*t'), compare(intrinsic('status'), '!=', 'ok')],
  ],
  ['an attribute that is there', [{ kind: 'present', field: attribute('span', 'http.status_code') }]],
  [
    'a number',
    [
      {
        kind: 'all',
        of: [
          compare(attribute('instrumentation', 'size'), '>', 200),
          { kind: 'absent', field: attribute('span', 'http.status_code') },
        ],
      },
    ],
  ],
];
