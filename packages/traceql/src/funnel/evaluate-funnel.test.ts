import { type OrgId, parseOrgId, type QueryBounds, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpansetQuery } from '../evaluate/spanset-query.ts';
import { TraceSpans } from '../evaluate/trace-spans.ts';
import { Work } from '../evaluate/work.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import { parseQuery } from '../syntax/parse-query.ts';
import { arbitraryPipeline } from '../testing/arbitrary-pipeline.ts';
import { arbitrarySpans, SECOND, START } from '../testing/arbitrary-spans.ts';
import { MemorySpanReader, type WholeSpan } from '../testing/memory-span-reader.ts';
import { plainFunnelPath } from '../testing/plain-funnel-path.ts';
import { spanOf } from '../testing/span-builder.ts';
import { evaluateFunnel, type FunnelQuest } from './evaluate-funnel.ts';

const ORG: OrgId = parseOrgId('00000000-0000-4000-8000-000000000001');
const bounds: QueryBounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
const RANGE = { start: START, end: unixNanos(START + 50n * SECOND), origin: START, width: SECOND, listed: 100 };

function questOf(steps: readonly string[]): FunnelQuest {
  return { ...RANGE, steps: steps.map(pipelineOf) };
}

function pipelineOf(query: string): SpansetPipeline {
  const { body } = parseQuery(query);
  if (body.kind !== 'pipeline') {
    throw new TypeError('a query of spansets is meant');
  }
  return body;
}

/** Ids of the spans that each trace passes steps with. */
function expectedPaths(spans: readonly WholeSpan[], { steps }: FunnelQuest): ReadonlyMap<string, readonly string[]> {
  const paths = [...Map.groupBy(spans, ({ traceId }) => traceId)].map(([traceId, own]) => {
    const trace = new TraceSpans(own, new Work(() => undefined));
    const found = steps.map((step) => {
      const indexes = new SpansetQuery(step).find(trace, RANGE).flatMap((one) => one.spans);
      return [...new Set(indexes)].map((index) => trace.at(index));
    });
    return [traceId, plainFunnelPath(found).map(({ spanId }) => spanId)] as const;
  });
  return new Map(paths.filter(([, path]) => path.length > 0));
}

describe('evaluateFunnel', () => {
  it('tells what evaluation of every trace tells, whoever counts', async () => {
    const steps = fc.array(
      fc.oneof(
        arbitraryPipeline,
        fc
          .constantFrom('{ name = "x" }', '{ .a = "x" }', '{ status = error }', '{ nestedSetParent < 0 }', '{}')
          .map(pipelineOf),
      ),
      { minLength: 2, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(arbitrarySpans, steps, fc.boolean(), async (spans, pipelines, scansOnly) => {
        const quest = { ...RANGE, steps: pipelines };
        const { steps: told } = await evaluateFunnel(new MemorySpanReader(spans, { scansOnly }), ORG, quest, bounds);
        const paths = expectedPaths(spans, quest);
        for (const [step, { traces, dropped }] of told.entries()) {
          const passed = [...paths].filter(([, path]) => path.length > step);
          const ended = step === told.length - 1 ? [] : passed.filter(([, path]) => path.length === step + 1);
          expect(traces).toBe(passed.length);
          expect(new Map(dropped.map(({ traceId, spanId }) => [traceId, spanId]))).toEqual(
            new Map(ended.map(([traceId, path]) => [traceId, path[step]])),
          );
        }
      }),
      { numRuns: 80 },
    );
  });

  const retried = [
    spanOf({ id: 'a', name: 'call', at: 0, status: 'error' }),
    spanOf({ id: 'b', name: 'call', at: 3 }),
    spanOf({ id: 'c', name: 'done', at: 1 }),
    spanOf({ id: 'd', name: 'done', at: 3, status: 'error' }),
  ];

  it('goes from each span to one that starts no earlier, and counts none twice', async () => {
    for (const scansOnly of [false, true]) {
      const reader = new MemorySpanReader(retried, { scansOnly });
      const { steps, latency, slowest } = await evaluateFunnel(
        reader,
        ORG,
        questOf(['{ name = "call" }', '{ name = "call" }', '{ name = "done" }', '{ name = "done" }']),
        bounds,
      );
      expect(steps.map(({ traces, errors }) => [traces, errors])).toEqual([
        [1, 1],
        [1, 0],
        [1, 1],
        [0, 0],
      ]);
      expect(steps.map((step) => step.latency?.p50)).toEqual([undefined, 3e9, 0, undefined]);
      expect(steps[2]?.dropped).toMatchObject([{ spanId: retried[3]?.spanId, isError: true }]);
      expect([latency, slowest]).toEqual([undefined, []]);
      expect(reader.asked).toMatchObject(scansOnly ? { funnel: 1, scan: 4 } : { funnel: 1, scan: 0 });
    }
  });

  it.each([
    ['the store tells', false, '{ name = "done" }'],
    ['spans are scanned', true, '{ name = "done" }'],
    ['whole traces are read', false, '{ childCount = 0 && name = "done" }'],
  ])('counts a span as it came last: %s', async (_, scansOnly, last) => {
    const sentAgain = [
      ...retried,
      spanOf({ id: 'a', name: 'recall', at: 0 }),
      spanOf({ id: 'b', name: 'call', at: 2, status: 'error' }),
      spanOf({ id: 'd', name: 'done', at: 3 }),
    ];
    const reader = new MemorySpanReader(sentAgain, { scansOnly });
    const { steps } = await evaluateFunnel(reader, ORG, questOf(['{ name = "call" }', last]), bounds);
    expect(steps.map(({ traces, errors }) => [traces, errors])).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(steps[1]?.latency?.p50).toBe(1e9);
  });

  it('reads whole traces where a span alone does not tell', async () => {
    const reader = new MemorySpanReader(retried);
    const quest = questOf(['{ name = "call" }', '{ childCount = 0 && name = "done" }']);
    const { steps } = await evaluateFunnel(reader, ORG, quest, bounds);
    expect(steps.map(({ traces }) => traces)).toEqual([1, 1]);
    expect(reader.asked).toMatchObject({ funnel: 0, find: 1 });
  });

  it.each([false, true])('finds roots by their own rows (%s: by scans only)', async (scansOnly) => {
    const reader = new MemorySpanReader([...retried, spanOf({ id: 'e', parent: 'z', at: 0 })], { scansOnly });
    const { steps } = await evaluateFunnel(reader, ORG, questOf(['{ nestedSetParent >= 0 }', '{}']), bounds);
    expect(steps.map(({ traces }) => traces)).toEqual([1, 1]);
    expect(steps[0]?.latency).toBeUndefined();
    expect(reader.asked).toMatchObject({ funnel: 1, find: 0, scan: scansOnly ? 2 : 0 });
  });

  it('ends when its time is up or its client is gone', async () => {
    const quest = questOf(['{}', '{}']);
    const reader = new MemorySpanReader(retried, { scansOnly: true });
    await expect(evaluateFunnel(reader, ORG, quest, { ...bounds, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'query-cancelled',
    });
    await expect(evaluateFunnel(reader, ORG, quest, { ...bounds, timeoutMs: 0 })).rejects.toMatchObject({
      code: 'query-timeout',
    });
  });
});
