import { type OrgId, parseOrgId, type QueryBounds, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpansetQuery, type TimeRange } from '../evaluate/spanset-query.ts';
import { TraceSpans } from '../evaluate/trace-spans.ts';
import { Work } from '../evaluate/work.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';
import { parseQuery } from '../syntax/parse-query.ts';
import { arbitraryPipeline } from '../testing/arbitrary-pipeline.ts';
import { arbitrarySpans, SECOND, START } from '../testing/arbitrary-spans.ts';
import { MemorySpanReader, type WholeSpan } from '../testing/memory-span-reader.ts';
import { spanOf } from '../testing/span-builder.ts';
import { type FoundTrace, SpansetTeller } from './found-trace.ts';
import { searchTraces, type TraceQuest } from './search-traces.ts';
import type { TracePlace } from './trace-evaluation.ts';

const ORG: OrgId = parseOrgId('00000000-0000-4000-8000-000000000001');
const bounds: QueryBounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
const RANGE = { start: START, end: unixNanos(START + 50n * SECOND) };

/** What is found when every trace is looked at whole. */
function expected(spans: readonly WholeSpan[], query: SpansetPipeline, range: TimeRange): Map<string, string> {
  const compiled = new SpansetQuery(query);
  const found = new Map<string, string>();
  for (const [traceId, own] of Map.groupBy(spans, (span) => span.traceId)) {
    const trace = new TraceSpans(own, new Work(() => undefined));
    const spansets = compiled.find(trace, range);
    if (spansets.length > 0) {
      found.set(traceId, text(spansets.map(({ spans: indexes }) => indexes.map((index) => trace.at(index).spanId))));
    }
  }
  return found;
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

async function allPages(reader: MemorySpanReader, quest: Omit<TraceQuest, 'after'>): Promise<FoundTrace[]> {
  const found: FoundTrace[] = [];
  let after: TracePlace | undefined;
  do {
    const page = await searchTraces(reader, ORG, after === undefined ? quest : { ...quest, after }, bounds);
    expect(page.traces.length).toBeLessThanOrEqual(quest.limit);
    found.push(...page.traces);
    after = page.next;
  } while (after !== undefined);
  return found;
}

describe('searchTraces', () => {
  it('finds, page by page, what evaluation of every trace finds, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitrarySpans,
        arbitraryPipeline,
        fc.constantFrom('newest' as const, 'slowest' as const),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (spans, query, sort, limit, isLax) => {
          const reader = new MemorySpanReader(spans, { isLax });
          const found = await allPages(reader, {
            query,
            ...RANGE,
            sort,
            limit,
            spansPerTrace: 100,
            spansetsPerTrace: 100,
          });
          const told = found.map(({ traceId, spansets }): [string, string] => [
            traceId,
            text(spansets.map((one) => one.spans.map(({ span }) => span.spanId))),
          ]);
          expect(new Map(told)).toEqual(expected(spans, query, RANGE));
          expect(told.length).toBe(new Set(told.map(([id]) => id)).size);
          const keys = found.map(({ key }) => key);
          expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
        },
      ),
      { numRuns: 60 },
    );
  });

  const many = Array.from({ length: 700 }, (_, number) => ({
    ...spanOf({ id: 'x', at: number, attributes: { n: number, rare: number % 100 === 7 } }),
    traceId: (number + 1).toString(16).padStart(32, '0'),
  }));
  const range = { start: START, end: unixNanos(START + 3600n * SECOND) };

  it('looks through candidates in growing batches, and stops when the page is full', async () => {
    const reader = new MemorySpanReader(many, { isLax: true });
    const quest = {
      query: pipelineOf('{ span.n + 1 = 8 || span.rare }'),
      ...range,
      sort: 'newest' as const,
      spansPerTrace: 1,
      spansetsPerTrace: 1,
    };
    const first = await searchTraces(reader, ORG, { ...quest, limit: 1 }, bounds);
    expect(first.traces.map(({ matched }) => matched.spans[0]?.fields.map(({ value }) => value))).toEqual([
      [607, true],
    ]);
    expect(reader.asked.find).toBe(3);
    const all = await allPages(reader, { ...quest, limit: 3 });
    expect(all).toHaveLength(7);
  });

  it('asks nothing of the store where nothing can be found', async () => {
    const reader = new MemorySpanReader(many);
    const quest = {
      query: pipelineOf('{ name = "x" } && { 1 > 2 }'),
      ...range,
      sort: 'newest' as const,
      limit: 5,
      spansPerTrace: 1,
      spansetsPerTrace: 1,
    };
    expect(await searchTraces(reader, ORG, quest, bounds)).toMatchObject({ traces: [] });
    expect(reader.asked).toMatchObject({ find: 0, fetch: 0 });
  });

  it('reads fewer traces at once where they are too large together', async () => {
    const reader = new (class extends MemorySpanReader {
      override async fetchSpans(...[orgId, fetch, own]: Parameters<MemorySpanReader['fetchSpans']>) {
        return super.fetchSpans(orgId, { ...fetch, limit: 4 }, own);
      }
    })(many);
    const quest = {
      query: pipelineOf('{}'),
      ...range,
      sort: 'slowest' as const,
      limit: 9,
      spansPerTrace: 0,
      spansetsPerTrace: 0,
    };
    const { traces } = await searchTraces(reader, ORG, quest, bounds);
    expect(traces.map(({ matched }) => matched)).toEqual(Array.from({ length: 9 }, () => ({ count: 1, spans: [] })));
    expect(reader.asked.fetch).toBeGreaterThan(3);
  });

  it('tells of as many spansets of a trace as are wanted, and counts all', async () => {
    const trace = Array.from({ length: 300 }, (_, at) => spanOf({ id: at.toString(36), at }));
    const quest = { query: pipelineOf('{} | by(span:id)'), ...range, sort: 'newest' as const, limit: 1 };
    for (const spansetsPerTrace of [0, 100]) {
      const { traces } = await searchTraces(
        new MemorySpanReader(trace),
        ORG,
        { ...quest, spansPerTrace: 3, spansetsPerTrace },
        bounds,
      );
      expect(traces[0]?.spansets).toHaveLength(spansetsPerTrace);
      expect(traces[0]?.matched).toMatchObject({ count: 300, spans: { length: 3 } });
    }
  });

  it('tells of a bounded number of spans, then only how many there are', () => {
    const spans = Array.from({ length: 1000 }, (_, at) => spanOf({ id: at.toString(36), at }));
    const trace = new TraceSpans(spans, new Work(() => undefined));
    const teller = new SpansetTeller([], { spans: 1000, spansets: 0 });
    const found = [{ spans: [...spans.keys()], attributes: [] }];
    const told = Array.from({ length: 201 }, () => teller.tell({ traceId: '', key: 0n }, trace, found).matched);
    expect(told.at(199)).toMatchObject({ count: 1000, spans: { length: 1000 } });
    expect(told.at(200)).toEqual({ count: 1000, spans: [] });
  });

  it('ends when its time is up or its client is gone', async () => {
    const quest = {
      query: pipelineOf('{}'),
      ...range,
      sort: 'newest' as const,
      limit: 9,
      spansPerTrace: 0,
      spansetsPerTrace: 0,
    };
    const reader = new MemorySpanReader(many);
    const gone = AbortSignal.abort();
    await expect(searchTraces(reader, ORG, quest, { ...bounds, signal: gone })).rejects.toMatchObject({
      code: 'query-cancelled',
    });
    await expect(searchTraces(reader, ORG, quest, { ...bounds, timeoutMs: 0 })).rejects.toMatchObject({
      code: 'query-timeout',
    });
  });
});

function pipelineOf(query: string): SpansetPipeline {
  const { body } = parseQuery(query);
  if (body.kind !== 'pipeline') {
    throw new TypeError('a query of spansets is meant');
  }
  return body;
}
