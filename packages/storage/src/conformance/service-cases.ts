import { SPAN_KINDS, SPAN_STATUSES, type SpanFigureQuery, type SpanFigures, type SpanRecord } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertSpans, spanBatch } from './span-under-test.ts';
import { at, newOrg, patient, RECEIVED_AT_MS, type StorageUnderTest, shareOf } from './storage-under-test.ts';

const HOUR_MS = 3_600_000;
/** The figures of these hours. */
const RANGE = { startMs: RECEIVED_AT_MS - HOUR_MS, endMs: RECEIVED_AT_MS + HOUR_MS, resolution: 'minute' } as const;

const span = fc.record({
  service: fc.constantFrom('shop', 'Stock', ''),
  name: fc.constantFrom('GET /', 'POST /', "it's"),
  kind: fc.constantFrom(...SPAN_KINDS),
  status: fc.constantFrom(...SPAN_STATUSES),
  version: fc.constantFrom('', '1', '2'),
  env: fc.constantFrom('', 'test'),
  // Outside of the range, too.
  startTime: fc.integer({ min: -4000, max: 4000 }).map((second) => at(second, 5)),
  durationNanos: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 10_000_000_000n })),
});
const query: fc.Arbitrary<SpanFigureQuery> = fc.record(
  {
    startMs: fc.constant(RANGE.startMs),
    endMs: fc.constant(RANGE.endMs),
    resolution: fc.constant('minute'),
    services: fc.constantFrom(['shop'], ['shop', ''], []),
    names: fc.constantFrom(['GET /', "it's"]),
    kinds: fc.constantFrom(['server', 'consumer'] as const),
    version: fc.constantFrom('', '1'),
    env: fc.constantFrom('', 'test'),
    search: fc.constantFrom({ in: 'service', text: 'ST' } as const, { in: 'name', text: 'get' } as const),
    by: fc.constantFrom([], ['service'], ['service', 'kind'], ['name', 'kind', 'version', 'status'], ['env']),
    steps: fc.constantFrom({ fromMs: RANGE.startMs - HOUR_MS, stepMs: 2 * HOUR_MS }),
    durations: fc.boolean(),
  },
  { requiredKeys: ['startMs', 'endMs', 'resolution', 'by', 'durations'] },
);

/** What spans come to: as counting them one by one says. */
export function serviceCases(store: StorageUnderTest): void {
  const measure = async (org: ReturnType<typeof newOrg>, asked: SpanFigureQuery) =>
    (await store.driver().services.measureSpans(org, asked, patient())).groups;

  describe('figures of spans', () => {
    it('are what counting the spans gives, for every selection, also when they come in several batches', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(span, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 3 }),
          fc.array(query, { minLength: 4, maxLength: 8 }),
          async (batches, queries) => {
            const [org, other] = [newOrg(), newOrg()];
            for (const batch of batches) {
              await insertSpans(store, org, spanBatch(batch));
            }
            await insertSpans(store, other, spanBatch([{}]));
            for (const asked of queries) {
              expect(sorted(await measure(org, asked))).toEqual(sorted(counted(batches.flat(), asked)));
            }
          },
        ),
        { numRuns: shareOf(store, 8) },
      );
    });

    it('name the slowest span, and come in the order that is asked for', async () => {
      const org = newOrg();
      const calls = (name: string, count: number, errors: number, durationNanos: bigint) =>
        Array.from({ length: count }, (_, n) => ({
          name,
          durationNanos: durationNanos + BigInt(n),
          status: n < errors ? ('error' as const) : ('unset' as const),
        }));
      const batch = spanBatch([...calls('a', 3, 1, 100n), ...calls('b', 4, 1, 1000n), ...calls('c', 1, 1, 50n)]);
      await insertSpans(store, org, batch);
      const slowest = batch.records[6];
      const first = async (by: NonNullable<SpanFigureQuery['first']>['by'], limit = 2) =>
        (await measure(org, { ...RANGE, by: ['name'], durations: true, first: { by, limit } })).map(({ name }) => name);
      expect(await first('calls')).toEqual(['b', 'a']);
      expect(await first('errors', 3)).toEqual(['b', 'a', 'c']);
      expect(await first('error-ratio')).toEqual(['c', 'a']);
      expect(await first('nanos')).toEqual(['b', 'a']);
      expect(await first('name', 3)).toEqual(['a', 'b', 'c']);
      const [all] = await measure(org, { ...RANGE, by: [], durations: true });
      expect(all?.slowest).toEqual({ traceId: slowest?.traceId, spanId: slowest?.spanId, nanos: 1003 });
      expect(await measure(newOrg(), { ...RANGE, by: [], durations: true })).toEqual([]);
    });

    it('of the same spans stay when the batch comes again, for nothing of it is stored', async () => {
      const org = newOrg();
      const batch = spanBatch([{}, {}, {}]);
      await insertSpans(store, org, { ...batch, records: batch.records.slice(0, 2) });
      const stored = await store.driver().spans.storedIndexes(org, batch.batchId);
      await insertSpans(store, org, { ...batch, records: batch.records.filter(({ index }) => !stored.has(index)) });
      expect(await measure(org, { ...RANGE, by: [], durations: false })).toMatchObject([{ calls: 3 }]);
    });
  });

  describe('peers of a span', () => {
    it('are the spans of its service, name and kind, each looked at', async () => {
      const org = newOrg();
      const peers = [30n, 10n, 20n, 40n].map((durationNanos) => ({ durationNanos }));
      await insertSpans(
        store,
        org,
        spanBatch([
          ...peers,
          { durationNanos: 1n, name: 'other' },
          { durationNanos: 1n, kind: 'client' },
          { durationNanos: 1n, service: 'other' },
          { durationNanos: 1n, startTime: at(60) },
        ]),
      );
      const like = { service: 'checkout', name: 'GET /', kind: 'server', start: at(0), end: at(60) } as const;
      const asked = (durationNanos: bigint, more = {}) =>
        store.driver().services.durationPeers(org, { ...like, durationNanos, ...more }, patient());
      expect(await asked(30n)).toMatchObject({ count: 4, countNotAbove: 3, p50: 30, p99: 40 });
      expect(await asked(9n)).toMatchObject({ count: 4, countNotAbove: 0 });
      expect(await asked(9n, { name: "it's" })).toMatchObject({ count: 0, countNotAbove: 0, p50: null });
    });
  });
}

function sorted(figures: readonly SpanFigures[]): unknown[] {
  return figures.map((one) => ({ ...one, slowest: one.slowest?.nanos })).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({ service, name, kind, status, version, env, step }: Omit<SpanFigures, 'slowest'>): string {
  return JSON.stringify([service, name, kind, status, version, env, step]);
}

type Counted = Pick<
  SpanRecord,
  'service' | 'name' | 'kind' | 'status' | 'version' | 'env' | 'startTime' | 'durationNanos'
>;

function counted(spans: readonly Counted[], asked: SpanFigureQuery): SpanFigures[] {
  const widthMs = asked.resolution === 'minute' ? 60_000 : HOUR_MS;
  const timeOf = ({ startTime }: Counted) => Math.floor(Number(startTime / 1_000_000n) / widthMs) * widthMs;
  const { search } = asked;
  const meant = spans.filter(
    (one) =>
      timeOf(one) >= asked.startMs &&
      timeOf(one) < asked.endMs &&
      (asked.services?.includes(one.service) ?? true) &&
      (asked.names?.includes(one.name) ?? true) &&
      (asked.kinds?.includes(one.kind) ?? true) &&
      (asked.version ?? one.version) === one.version &&
      (asked.env ?? one.env) === one.env &&
      (search === undefined || one[search.in].toLowerCase().includes(search.text.toLowerCase())),
  );
  const step = (one: Counted) =>
    asked.steps === undefined ? {} : { step: Math.floor((timeOf(one) - asked.steps.fromMs) / asked.steps.stepMs) };
  const keys = (one: Counted) => ({ ...Object.fromEntries(asked.by.map((key) => [key, one[key]])), ...step(one) });
  return [...Map.groupBy(meant, (one) => JSON.stringify(keys(one))).values()].map((group) => {
    const times = group.map(timeOf);
    const buckets = Map.groupBy(group, ({ durationNanos }) => bucketOf(Number(durationNanos)));
    const ascending = [...buckets.keys()].sort((a, b) => a - b);
    const nanos = group.map(({ durationNanos }) => Number(durationNanos));
    return {
      ...keys(group[0] as Counted),
      calls: group.length,
      errors: group.filter(({ status }) => status === 'error').length,
      nanos: nanos.reduce((sum, one) => sum + one, 0),
      firstMs: Math.min(...times),
      lastMs: Math.max(...times),
      ...(asked.durations
        ? {
            durations: { buckets: ascending, counts: ascending.map((bucket) => buckets.get(bucket)?.length ?? 0) },
            slowest: { traceId: '', spanId: '', nanos: Math.max(...nanos) },
          }
        : {}),
    };
  });
}

/** The first bucket whose bound is not below the duration. */
function bucketOf(nanos: number): number {
  let bucket = 0;
  while (nanos > 0 && 2 ** ((bucket - 80) / 4) * 1e6 < nanos) {
    bucket += 1;
  }
  return bucket;
}
