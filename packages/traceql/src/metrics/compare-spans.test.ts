import { type OrgId, parseOrgId, type QueryBounds, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Turns } from '../evaluate/turns.ts';
import type { MetricsPipeline } from '../syntax/ast/trace-query.ts';
import { parseQuery } from '../syntax/parse-query.ts';
import { arbitrarySpans, SECOND, START } from '../testing/arbitrary-spans.ts';
import { MemorySpanReader, type WholeSpan } from '../testing/memory-span-reader.ts';
import { spanOf } from '../testing/span-builder.ts';
import { compareSpans } from './compare-spans.ts';
import { evaluateMetrics } from './evaluate-metrics.ts';
import { MetricsGrid } from './metrics-grid.ts';
import { labelText, type MetricsSeries } from './metrics-series.ts';

const ORG: OrgId = parseOrgId('00000000-0000-4000-8000-000000000001');
const RANGE_SECONDS = 11_000n;

const END = unixNanos(START + 55n * SECOND);
const bounds: QueryBounds = { signal: new AbortController().signal, timeoutMs: 10_000 };

function metricsOf(query: string): MetricsPipeline {
  const { body } = parseQuery(query);
  if (body.kind !== 'metrics') {
    throw new TypeError('a comparison is meant');
  }
  return body;
}

async function compared(
  spans: readonly WholeSpan[],
  steps: bigint,
  query = '{} | compare({ status = error }, 100000)',
): Promise<readonly MetricsSeries[]> {
  const { spansets, aggregate } = metricsOf(query);
  if (aggregate.kind !== 'compare') {
    throw new TypeError('a comparison is meant');
  }
  const end = unixNanos(START + RANGE_SECONDS * SECOND);
  const grid = new MetricsGrid(START, end, (RANGE_SECONDS * SECOND) / steps);
  const turns = new Turns({ signal: new AbortController().signal, timeoutMs: 60_000 });
  const reader = new MemorySpanReader(spans, { scansOnly: true });
  return (await compareSpans(reader, ORG, { spansets, aggregate }, { grid, turns })).series;
}

const tooLarge = { code: 'query-too-large' };

describe('compareSpans', () => {
  // Either side would do alone.
  const spans = Array.from({ length: 500 }, (_, at) =>
    spanOf({ id: `${at}`, name: 'x', at, status: at % 2 === 0 ? 'error' : 'ok', attributes: { n: at } }),
  );

  it('counts the series of both sides before they are made', async () => {
    expect((await compared(spans, 100n)).length).toBeGreaterThan(500);
    await expect(compared(spans, 11_000n)).rejects.toMatchObject(tooLarge);
  });

  it('keeps values of a bounded length together', async () => {
    const long = spans.map((span, at) => ({ ...span, attributes: { text: `${at}${'x'.repeat(33_000)}` } }));
    await expect(compared(long, 1n)).rejects.toMatchObject(tooLarge);
  });

  /** What both sides tell of an attribute: each series' labels with its sum. */
  function toldOf(name: string, series: readonly MetricsSeries[]): readonly string[] {
    return series
      .filter(({ labels }) => labels.some((label) => label.name === name))
      .map(({ labels, values }) => [...labels.map(labelText), values.reduce((sum, value) => sum + value, 0)].join(' '))
      .sort();
  }

  it('tells of both sides every value that is frequent on either', async () => {
    const routes = Array.from({ length: 22 }, (_, at) =>
      spanOf({ id: `x${at}`, at, status: 'ok', attributes: { route: `r${at % 11}` } }),
    );
    const chosen = Array.from({ length: 4 }, (_, at) =>
      spanOf({ id: `y${at}`, at, status: 'error', attributes: { route: at === 3 ? 'new' : 'r9' } }),
    );
    const series = await compared([...routes, ...chosen], 1n, '{} | compare({ status = error }, 2)');
    expect(toldOf('span.route', series)).toEqual([
      '__too_many_values__ baseline <nil> 22',
      'baseline r0 2',
      'baseline r1 2',
      'baseline r9 2',
      'baseline_total <nil> 22',
      'selection new 1',
      'selection r9 3',
      'selection_total <nil> 4',
    ]);
  });

  it('says that a side has more values when some of them are not told', async () => {
    const both = [
      spanOf({ id: 'x', status: 'ok', attributes: { n: 'a' } }),
      spanOf({ id: 'y', at: 1, status: 'ok', attributes: { n: 'b' } }),
      spanOf({ id: 'z', at: 2, status: 'error', attributes: { n: 'b' } }),
    ];
    const series = await compared(both, 1n, '{} | compare({ status = error }, 1)');
    expect(toldOf('span.n', series)).toEqual([
      'baseline a 1',
      'baseline b 1',
      'baseline_total <nil> 2',
      'selection b 1',
      'selection_total <nil> 1',
    ]);
    const alone = await compared(
      both.filter(({ status }) => status === 'ok'),
      1n,
      '{} | compare({ status = error }, 1)',
    );
    expect(toldOf('span.n', alone)).toEqual([
      '__too_many_values__ baseline <nil> 2',
      'baseline a 1',
      'baseline_total <nil> 2',
    ]);
  });

  const selections = [
    '{}',
    '{ status = error }',
    '{ .a = "x" }',
    '{ span.a = 1 || resource.b != "y" }',
    '{ nestedSetParent < 0 }',
    '{ duration > 1s && span.http.code != 2 }',
    '{ parent.a = "x" }',
    '{ rootName = "x" }',
    '{ childCount > 0 }',
  ];
  const pipelines = ['{}', '{ kind != server }', '{ .b = "x" } | by(name)', '{ nestedSetParent < 0 }', '{} >> {}'];

  it('answers alike whether the store compares or spans are looked at one by one', async () => {
    const within = fc.constantFrom('', `, ${START + 9n * SECOND}, ${START + 40n * SECOND}`);
    const text = fc
      .tuple(fc.constantFrom(...pipelines), fc.constantFrom(...selections), fc.constantFrom(1, 2, 100), within)
      .map(([pipeline, selection, topN, time]) => `${pipeline} | compare(${selection}, ${topN}${time})`);
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(arbitrarySpans, text, async (given, query) => {
        const spans = [...given.slice(0, 4).map((span) => ({ ...span, name: 'before', attributes: {} })), ...given];
        const quest = { query: metricsOf(query), start: START, end: END, exemplars: 0 };
        const reader = new MemorySpanReader(spans);
        const outcomes = [];
        for (const each of [reader, new MemorySpanReader(spans, { scansOnly: true })]) {
          const { series } = await evaluateMetrics(each, ORG, { ...quest, step: 20n * SECOND }, bounds);
          outcomes.push(series.map(({ labels, values }) => [labels, values]));
        }
        expect(outcomes[0]).toEqual(outcomes[1]);
        asked += reader.asked.compare;
      }),
      { numRuns: 80 },
    );
    // About half of the queries are of that kind.
    expect(asked).toBeGreaterThan(10);
  });

  it.each([
    ['{ status = error }', 1],
    ['{ nestedSetParent < 0 }', 1],
    ['{ rootName = "x" }', 0],
    ['{ parent.a = "x" }', 0],
  ])('lets the store compare where rows tell: %s', async (selection, asked) => {
    const reader = new MemorySpanReader([spanOf({ id: 'x' })]);
    const query = metricsOf(`{} | compare(${selection})`);
    await evaluateMetrics(reader, ORG, { query, start: START, end: END, step: SECOND, exemplars: 0 }, bounds);
    expect(reader.asked.compare).toBe(asked);
  });
});
