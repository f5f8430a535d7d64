import { NO_TRACE_SAMPLING, type OrgId, type SampledDay, type TraceSampling, unixNanos } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import type { StoreUnderTest } from './everything-of.ts';
import { insertSpans, newSpanId, newTraceId, spanBatch } from './span-under-test.ts';
import { newOrg } from './storage-under-test.ts';

const DATE = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
const DAY = BigInt(Date.parse(`${DATE}T00:00:00Z`)) * 1_000_000n;
const NOTHING_ELSE: TraceSampling = { ...NO_TRACE_SAMPLING, rules: [], percent: 0 };

/** A trace of two spans. */
interface TestTrace {
  readonly traceId: string;
  /** Seconds after the day began. */
  readonly at: number;
  readonly seconds?: number;
  readonly isError?: boolean;
  readonly service?: string;
  readonly name?: string;
}

/** Tail sampling: whole traces, by what they have become. */
export function traceSamplingCases(store: StoreUnderTest): void {
  const { driver } = store;

  async function insertTraces(orgId: OrgId, traces: readonly TestTrace[]): Promise<void> {
    const spans = traces.flatMap(
      ({ traceId, at, seconds = 0.01, isError = false, service = 'web', name = 'GET /' }) => {
        const start = unixNanos(DAY + BigInt(Math.round(at * 1e9)));
        const [rootId, childId] = [newSpanId(), newSpanId()];
        const durationNanos = BigInt(Math.round(seconds * 1e9));
        return [
          { traceId, spanId: rootId, startTime: start, durationNanos, service, name },
          {
            traceId,
            spanId: childId,
            parentSpanId: rootId,
            startTime: unixNanos(start + 1_000n),
            durationNanos: 1_000n,
            service: 'db',
            name: 'SELECT',
            status: isError ? ('error' as const) : ('unset' as const),
          },
        ];
      },
    );
    await insertSpans(store, orgId, spanBatch(spans));
  }

  function preview(orgId: OrgId, sampling: TraceSampling): Promise<SampledDay> {
    const bounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
    return driver().traceSampling.preview(orgId, DATE, sampling, bounds);
  }

  async function left(orgId: OrgId, traces: readonly TestTrace[]): Promise<readonly string[]> {
    const bounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
    const ids: string[] = [];
    for (const { traceId } of traces) {
      const { spans } = await driver().spans.readTrace(orgId, traceId, 10, bounds);
      expect([0, 2]).toContain(spans.length);
      ids.push(...(spans.length === 0 ? [] : [traceId]));
    }
    return ids;
  }

  describe('tail sampling', () => {
    it('keeps errors, slow and rare traces whole, deletes the others of the day, and nothing of other days or organizations', async () => {
      const [org, other] = [newOrg(), newOrg()];
      const kept: readonly TestTrace[] = [
        { traceId: newTraceId(), at: 10, isError: true },
        { traceId: newTraceId(), at: 20, seconds: 2 },
        { traceId: newTraceId(), at: 30, service: 'cron', name: 'nightly' },
        { traceId: newTraceId(), at: -5 },
        { traceId: newTraceId(), at: 86_400 },
      ];
      const dropped = Array.from({ length: 8 }, (_, index) => ({ traceId: newTraceId(), at: 100 + index * 10_000 }));
      await insertTraces(org, [...kept, ...dropped]);
      await insertTraces(other, dropped);
      const sampling: TraceSampling = {
        ...NOTHING_ELSE,
        rules: [{ keep: 'errors' }, { keep: 'slow', thresholdMs: 2000 }, { keep: 'rare', perDay: 3 }],
      };
      const expected = { date: DATE, traces: 11, spans: 22, keptTraces: 3, keptSpans: 6, keptByRule: [1, 1, 1] };
      expect(await preview(org, sampling)).toEqual(expected);
      expect(await left(org, [...kept, ...dropped])).toHaveLength(13);
      expect(await driver().traceSampling.sample(org, DATE, sampling)).toEqual(expected);
      expect(await left(org, [...kept, ...dropped])).toEqual(kept.map(({ traceId }) => traceId));
      expect(await left(other, dropped)).toHaveLength(8);
      // What comes later, or under other rules, is not judged again.
      expect(await driver().traceSampling.sample(org, DATE, NOTHING_ELSE)).toBeUndefined();
      expect(await left(org, kept)).toHaveLength(5);
    });

    it('the first rule that is about a trace decides; shares go by the trace’s id, whoever asks', async () => {
      const org = newOrg();
      const ofWeb = Array.from({ length: 200 }, (_, index) => ({ traceId: newTraceId(), at: index }));
      const ofPayments = Array.from({ length: 10 }, (_, index) => ({
        traceId: newTraceId(),
        at: index,
        service: "pay'ments\\",
        isError: index === 0,
      }));
      const ofBots = Array.from({ length: 10 }, (_, index) => ({
        traceId: newTraceId(),
        at: index,
        service: 'bots',
        seconds: 5,
        isError: index === 0,
      }));
      await insertTraces(org, [...ofWeb, ...ofPayments, ...ofBots]);
      const sampling: TraceSampling = {
        ...NOTHING_ELSE,
        percent: 30,
        rules: [
          { keep: 'share', service: "pay'ments\\", percent: 100 },
          { keep: 'slow', thresholdMs: 1000, service: 'web' },
          { keep: 'errors' },
          { keep: 'share', service: 'bots', percent: 0 },
        ],
      };
      const first = await preview(org, sampling);
      expect(first).toMatchObject({ traces: 220, keptByRule: [10, 0, 1, 0] });
      const ofRest = first.keptTraces - 11;
      expect(ofRest).toBeGreaterThan(20);
      expect(ofRest).toBeLessThan(120);
      expect(await preview(org, { ...sampling, percent: 0 })).toMatchObject({
        keptTraces: 11,
      });
      expect(await preview(org, { ...sampling, percent: 100 })).toMatchObject({
        keptTraces: 211,
      });
      expect(await preview(org, sampling)).toEqual(first);
    });

    it('a day without traces has nothing to sample', async () => {
      expect(await driver().traceSampling.sample(newOrg(), DATE, NOTHING_ELSE)).toBeUndefined();
    });

    it('by several processes at once comes to what one of them decided', async () => {
      const org = newOrg();
      const [ofA, ofB] = ['a', 'b'].map((service) =>
        Array.from({ length: 10 }, (_, index) => ({ traceId: newTraceId(), at: index * 10, service })),
      ) as [TestTrace[], TestTrace[]];
      await insertTraces(org, [...ofA, ...ofB]);
      const only = (service: string): TraceSampling => ({
        ...NOTHING_ELSE,
        rules: [{ keep: 'share', service, percent: 100 }],
      });
      await Promise.all(
        [only('a'), only('b'), only('a'), only('b')].map((one) => driver().traceSampling.sample(org, DATE, one)),
      );
      const remaining = await left(org, [...ofA, ...ofB]);
      expect([ofA, ofB].map((traces) => traces.map(({ traceId }) => traceId))).toContainEqual(remaining);
    });

    it('a trace without its root is not rare', async () => {
      const org = newOrg();
      const traceId = newTraceId();
      const parentSpanId = newSpanId();
      const span = {
        traceId,
        parentSpanId,
        startTime: unixNanos(DAY),
        durationNanos: 1n,
        service: 'web',
        name: 'GET /',
      };
      await insertSpans(store, org, spanBatch([{ ...span, spanId: newSpanId() }]));
      const sampling: TraceSampling = { ...NOTHING_ELSE, rules: [{ keep: 'rare', perDay: 10 }] };
      expect(await preview(org, sampling)).toMatchObject({ traces: 1, keptTraces: 0 });
    });
  });
}
