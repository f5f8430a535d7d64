import { type OrgId, parseOrgId, unixNanos } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { Turns } from '../evaluate/turns.ts';
import { SpanNeeds } from '../plan/span-needs.ts';
import { parseQuery } from '../syntax/parse-query.ts';
import { SECOND, START } from '../testing/arbitrary-spans.ts';
import { MemorySpanReader, type WholeSpan } from '../testing/memory-span-reader.ts';
import { spanOf } from '../testing/span-builder.ts';
import { compareSpans } from './compare-spans.ts';
import { MetricsGrid } from './metrics-grid.ts';
import { SpanSource } from './span-source.ts';

const ORG: OrgId = parseOrgId('00000000-0000-4000-8000-000000000001');
const RANGE_SECONDS = 11_000n;

async function compared(spans: readonly WholeSpan[], steps: bigint): Promise<number> {
  const { body } = parseQuery('{} | compare({ status = error }, 100000)');
  if (body.kind !== 'metrics' || body.aggregate.kind !== 'compare') {
    throw new TypeError('a comparison is meant');
  }
  const end = unixNanos(START + RANGE_SECONDS * SECOND);
  const grid = new MetricsGrid(START, end, (RANGE_SECONDS * SECOND) / steps);
  const turns = new Turns({ signal: new AbortController().signal, timeoutMs: 10_000 });
  const needs = new SpanNeeds();
  needs.addAttributes();
  const source = new SpanSource(new MemorySpanReader(spans), ORG, body.spansets, needs, { grid, turns });
  return (await compareSpans(source, body.aggregate, grid)).length;
}

const tooLarge = { code: 'query-too-large' };

describe('compareSpans', () => {
  // Either side would do alone.
  const spans = Array.from({ length: 500 }, (_, at) =>
    spanOf({ id: 'x', at, status: at % 2 === 0 ? 'error' : 'ok', attributes: { n: at } }),
  );

  it('counts the series of both sides before they are made', async () => {
    expect(await compared(spans, 100n)).toBeGreaterThan(500);
    await expect(compared(spans, 11_000n)).rejects.toMatchObject(tooLarge);
  });

  it('keeps values of a bounded length together', async () => {
    const long = spans.map((span, at) => ({ ...span, attributes: { text: `${at}${'x'.repeat(33_000)}` } }));
    await expect(compared(long, 1n)).rejects.toMatchObject(tooLarge);
  });
});
