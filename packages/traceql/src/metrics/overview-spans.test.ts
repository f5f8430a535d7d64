import { type OrgId, parseOrgId, type QueryBounds, unixNanos } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { parseFieldName } from '../syntax/parse-query.ts';
import { SECOND, START } from '../testing/arbitrary-spans.ts';
import { MemorySpanReader } from '../testing/memory-span-reader.ts';
import { spanOf } from '../testing/span-builder.ts';
import { overviewSpans, type SpanOverview } from './overview-spans.ts';

const ORG: OrgId = parseOrgId('00000000-0000-4000-8000-000000000001');
const bounds: QueryBounds = { signal: new AbortController().signal, timeoutMs: 60_000 };

const spans = [
  spanOf({ id: 'a', attributes: { tier: 'gold' } }),
  spanOf({ id: 'b', parent: 'a', at: 1, attributes: { tier: 'free' } }),
];

async function overviewOf(...facets: readonly string[]): Promise<SpanOverview> {
  const quest = {
    start: START,
    end: unixNanos(START + 10n * SECOND),
    step: SECOND,
    facets: facets.map(parseFieldName),
  };
  return await overviewSpans(new MemorySpanReader(spans, { scansOnly: true }), ORG, quest, bounds);
}

describe('overviewSpans', () => {
  it('counts values of what a span itself tells', async () => {
    const { facets } = await overviewOf('span.tier', 'rootName');
    expect(facets.map(({ values }) => values)).toEqual([
      [
        { value: 'free', count: 1 },
        { value: 'gold', count: 1 },
      ],
      [{ value: 'a', count: 2 }],
    ]);
  });

  it.each(['parent.tier', 'parent.name', 'childCount', 'nestedSetLeft'])(
    'refuses the facet %s, for which all spans would be read',
    async (facet) => {
      await expect(overviewOf('span.tier', facet)).rejects.toMatchObject({
        code: 'query-not-runnable',
        detail: expect.stringContaining(facet),
      });
    },
  );
});
