import {
  type FetchedSpan,
  type FunnelLatency,
  type FunnelTrace,
  type OrgId,
  type SpanCondition,
  type SpanFunnelQuery,
  type SpanRecord,
  unixNanos,
} from '@aegisguard/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { holdsOfSpan } from './span-condition-reference.ts';
import { spanCondition } from './span-query-samples.ts';
import { insertSpans, newSpanId, newTraceId, spanBatch } from './span-under-test.ts';
import { at, newOrg, patient, type StorageUnderTest, shareOf } from './storage-under-test.ts';

const NAMES = ['view', 'pay', 'ship'];
const SECONDS = 7;
const SPANS_MAX = 9;
/** So few repeated spans are said by their ids, so many are not. */
const TRACES = { few: 150, many: 500 } as const;

type Records = readonly SpanRecord[];

/** Traces through steps: as counted span by span. */
export function spanFunnelCases(store: StorageUnderTest): void {
  const spans = () => store.driver().spans;

  describe.each(Object.entries(TRACES))('funnels of %s traces', (_, count) => {
    let org: OrgId;
    /** Every version of their spans, in the order in which they came. */
    let traces: ReadonlyMap<string, Records>;

    beforeAll(async () => {
      org = newOrg();
      const given = Array.from({ length: count }, (_, trace) => sampleTrace(trace)).flat();
      const some = given.slice(0, (2 * given.length) / 3);
      // Of these batches each came after the one before, whichever is stored first: a span is what came last.
      const versions = [spanBatch(some.map(otherVersion)), spanBatch(given), spanBatch(some.slice(0, some.length / 4))];
      await insertSpans(store, org, ...versions.toReversed());
      // Of somebody else: must not be seen.
      await insertSpans(store, newOrg(), spanBatch(given.slice(0, 200)));
      await store.settle?.();
      traces = Map.groupBy(
        versions.flatMap(({ records }) => records),
        ({ traceId }) => traceId,
      );
    });

    const named: fc.Arbitrary<SpanCondition> = fc
      .constantFrom(...NAMES)
      .map((value) => ({ kind: 'compare', field: { kind: 'intrinsic', name: 'name' }, op: '=', value }));
    const step = fc.oneof(
      { arbitrary: named, weight: 6 },
      { arbitrary: fc.constant<SpanCondition>({ kind: 'everything' }), weight: 1 },
      { arbitrary: spanCondition, weight: 1 },
    );
    const funnel: fc.Arbitrary<SpanFunnelQuery> = fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 8 }),
      start: fc.constantFrom(at(0), at(2)),
      end: fc.constantFrom(at(SECONDS), at(4, 1)),
      origin: fc.constant(at(-1)),
      width: fc.constantFrom(1_000_000_000n, 3_600_000_000_000n),
      listed: fc.constantFrom(0, 3, 500),
    });

    it('tell exactly, or not at all, how traces go through steps', async () => {
      let told = 0;
      await fc.assert(
        fc.asyncProperty(funnel, async (asked) => {
          const answer = await spans().funnelTraces(org, asked, patient());
          if (answer !== undefined) {
            told += 1;
            const { stats: _, ...counted } = answer;
            expect(counted).toEqual(referenceFunnel(asked, traces));
          }
        }),
        { numRuns: shareOf(store, 40) },
      );
      expect(told).toBeGreaterThan(0);
    });

    it('scan spans as they came last', async () => {
      await fc.assert(
        fc.asyncProperty(step, fc.constantFrom(at(0), at(2)), async (condition, start) => {
          const range = { start, end: at(SECONDS) };
          const scan = { ...range, condition, parts: {}, lastVersions: true };
          const read: FetchedSpan[] = [];
          await spans().scanSpans(org, scan, patient(), (more) => {
            read.push(...more);
          });
          const told = new Map(read.map((span) => [`${span.traceId}${span.spanId}`, span]));
          expect(told.size).toBe(read.length);
          for (const trace of traces.values()) {
            const last = lastVersions(trace, range);
            for (const { traceId, spanId, name, status } of last.filter((span) => holdsOfSpan(condition, span, last))) {
              expect(told.get(`${traceId}${spanId}`)).toMatchObject({ name, status });
            }
          }
        }),
        { numRuns: shareOf(store, 20) },
      );
    });

    it('have nothing to tell of no time, and of nobody', async () => {
      const asked = {
        steps: [{ kind: 'everything' }, { kind: 'everything' }],
        origin: at(0),
        width: 1n,
        listed: 3,
      } as const;
      const empty = await spans().funnelTraces(org, { ...asked, start: at(1), end: at(1) }, patient());
      const nobody = await spans().funnelTraces(newOrg(), { ...asked, start: at(0), end: at(SECONDS) }, patient());
      for (const answer of [empty, nobody]) {
        expect(answer).toMatchObject({ steps: [{ traces: 0, dropped: [] }, { traces: 0 }], slowest: [] });
      }
    });
  });
}

/** Spans of few names, many of which start together. */
function sampleTrace(number: number): Partial<SpanRecord>[] {
  const traceId = newTraceId();
  return Array.from({ length: 1 + (number % SPANS_MAX) }, (_, span) => {
    const roll = number * 31 + span * 17 + ((number * span) % 13);
    return {
      traceId,
      spanId: newSpanId(),
      name: NAMES[roll % NAMES.length] ?? '',
      startTime: at(roll % SECONDS, (roll % 5) * 100),
      status: roll % 4 === 0 ? ('error' as const) : ('unset' as const),
    };
  });
}

/** The same span, as it was sent before. */
function otherVersion(span: Partial<SpanRecord>, place: number): Partial<SpanRecord> {
  const { startTime = at(0), status } = span;
  return {
    ...span,
    ...(place % 2 === 0 ? { name: NAMES[place % NAMES.length] ?? '' } : {}),
    ...(place % 3 === 0 ? { startTime: unixNanos(startTime + 50_000_000n) } : {}),
    status: status === 'error' ? 'unset' : 'error',
  };
}

/** Of each span what came last of that which starts in the range. */
function lastVersions(trace: Records, { start, end }: Pick<SpanFunnelQuery, 'start' | 'end'>): Records {
  const inRange = trace.filter(({ startTime }) => startTime >= start && startTime < end);
  return [...new Map(inRange.map((span) => [span.spanId, span])).values()];
}

/** The spans that a trace passes steps with. */
function pathOf({ steps, ...range }: SpanFunnelQuery, versions: Records): Records {
  const trace = lastVersions(versions, range);
  const path: SpanRecord[] = [];
  for (const step of steps) {
    const [next] = trace
      .filter((span) => span.startTime >= (path.at(-1)?.startTime ?? range.start))
      .filter((span) => !path.includes(span) && holdsOfSpan(step, span, trace))
      .sort((a, b) =>
        a.startTime === b.startTime ? (a.spanId < b.spanId ? -1 : 1) : a.startTime < b.startTime ? -1 : 1,
      );
    if (next === undefined) {
      break;
    }
    path.push(next);
  }
  return path;
}

function referenceFunnel(query: SpanFunnelQuery, traces: ReadonlyMap<string, Records>) {
  const paths = [...traces.values()].map((trace) => pathOf(query, trace));
  const first = (found: readonly FunnelTrace[], key: (trace: FunnelTrace) => bigint) =>
    found
      .toSorted((a, b) => (key(a) === key(b) ? (a.traceId < b.traceId ? -1 : 1) : key(a) > key(b) ? -1 : 1))
      .slice(0, query.listed);
  const entered = (trace: FunnelTrace) => trace.enteredAt;
  const latency = (trace: FunnelTrace) => trace.latencyNanos;
  const steps = query.steps.map((_, step) => {
    const passed = paths.filter((path) => path.length > step);
    const told = passed.map((path) => funnelTrace(path, step, Math.max(step - 1, 0)));
    const dropped = step + 1 < query.steps.length ? told.filter((_, place) => passed[place]?.length === step + 1) : [];
    const buckets = told.map(({ enteredAt }) => Number((enteredAt - query.origin) / query.width));
    return {
      traces: told.length,
      errors: told.filter(({ isError }) => isError).length,
      latency: step === 0 ? undefined : latencyOf(told),
      buckets: new Map([...Map.groupBy(buckets, (bucket) => bucket)].map(([bucket, all]) => [bucket, all.length])),
      slowest: step === 0 ? [] : first(told, latency),
      failed: first(
        told.filter(({ isError }) => isError),
        entered,
      ),
      dropped: first(dropped, entered),
    };
  });
  const whole = paths
    .filter((path) => path.length === query.steps.length)
    .map((path) => funnelTrace(path, path.length - 1, 0));
  return { steps, latency: latencyOf(whole), slowest: first(whole, latency) };
}

function funnelTrace(path: Records, step: number, since: number): FunnelTrace {
  const [entry, before, span] = [path[0], path[since], path[step]];
  if (entry === undefined || before === undefined || span === undefined) {
    throw new RangeError('the trace did not pass the step');
  }
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    enteredAt: entry.startTime,
    latencyNanos: span.startTime - before.startTime,
    isError: span.status === 'error',
  };
}

function latencyOf(traces: readonly FunnelTrace[]): FunnelLatency | undefined {
  const sorted = traces.map(({ latencyNanos }) => Number(latencyNanos)).sort((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const [below = 0, above = below] = sorted.slice(Math.floor(place));
    return expect.closeTo(below + (above - below) * (place % 1), 3) as number;
  };
  const average = expect.closeTo(sorted.reduce((sum, one) => sum + one, 0) / sorted.length, 3) as number;
  return sorted.length === 0 ? undefined : { average, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}
