import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type StoredSpan, TraceOutline } from '@aegisguard/model';
import { buildOtlpSpans } from '@aegisguard/protocols';
import { jaegerTraces, otlpOfSuite, suitePath, zipkinTrace } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assembleTrace } from './assemble-trace.ts';
import { compareTraces } from './compare-traces.ts';
import { outlineJson } from './outline-json.ts';
import { columnsOf, TRACE_ID, viewOf } from './trace-under-test.ts';

// The traces of Jaeger UI, Zipkin and CRISP, as they come out of OTLP.

/** Every JSON file below a folder of the corpora, none where they are absent. */
function filesOf(...parts: readonly string[]): string[] {
  const root = suitePath(...parts);
  return root === undefined
    ? []
    : readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(root, name))
        .sort();
}

function storedSpans(body: object): StoredSpan[] {
  const options = { receivedAtMs: Date.UTC(2026, 10, 27), retentionDays: 36_500 };
  const bytes = Buffer.from(JSON.stringify(body));
  return buildOtlpSpans(bytes, 'json', options, []).map(({ index: _, ...span }) => span);
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const traces = [
  ...[...filesOf('crisp'), ...filesOf('jaeger-ui')].flatMap((file) => {
    const json = read(file) as { resourceSpans?: unknown };
    const bodies = json.resourceSpans === undefined ? jaegerTraces(json).map((spans) => otlpOfSuite(spans)) : [json];
    return bodies.map((body) => [basename(file), body] as const);
  }),
  ...filesOf('zipkin').map((file) => [basename(file), otlpOfSuite(zipkinTrace(read(file)))] as const),
];

const absent = 'the corpora are absent';

describe.skipIf(traces.length === 0)(`of the corpora (skipped where ${absent})`, () => {
  it.each(traces)('%s is shown', (_, body) => {
    const spans = storedSpans(body);
    const ids = new Set(spans.map(({ spanId }) => spanId));
    const columns = columnsOf(spans);
    const trace = assembleTrace(columns);
    const view = viewOf(spans);
    expect(new Set(view.spans.map(({ spanId }) => spanId))).toEqual(ids);
    expect(view.spans).toHaveLength(ids.size);
    const depthOf = new Map(view.spans.map(({ spanId, depth }) => [spanId, depth]));
    for (const span of view.spans) {
      const above = depthOf.get(span.parentSpanId ?? '');
      expect(span.depth).toBe(above === undefined ? 0 : above + 1);
      expect(span.isOrphan ?? false).toBe(span.parentSpanId !== null && above === undefined);
      expect(span.selfTimeMs).toBeGreaterThanOrEqual(0);
      expect(span.selfTimeMs).toBeLessThanOrEqual(span.durationMs);
      expect(Date.parse(span.startTime)).toBeGreaterThanOrEqual(Date.parse(view.startTime));
    }
    const covered = trace.criticalPath.reduce((sum, { from, until }) => sum + until - from, 0);
    expect(covered).toBe(trace.tree.roots.reduce((sum, root) => sum + (columns.durations[root] ?? 0), 0));
    const outline = TraceOutline.parse(JSON.parse(outlineJson(TRACE_ID, trace, view.warnings, NO_STATS)));
    expect(outline.spans.id).toEqual(view.spans.map(({ spanId }) => spanId));
    const one = { traceId: TRACE_ID, trace };
    const { nodes } = compareTraces(one, one);
    expect(nodes.every(({ change }) => change === 'same')).toBe(true);
    expect(nodes.reduce((sum, { before }) => sum + before.count, 0)).toBe(ids.size);
  });
});

const NO_STATS = { elapsedMs: 0, rowsRead: 0, bytesRead: 0 };

const criticalPaths = suitePath('critical-path', 'jaeger_ui_critical_path.json');
const Cases = z.array(
  z.object({
    file: z.string(),
    criticalPathSections: z.array(z.object({ spanID: z.string(), sectionStart: z.number(), sectionEnd: z.number() })),
    trace: z.looseObject({ spans: z.array(z.looseObject({ spanID: z.string() })) }),
  }),
);

describe.skipIf(criticalPaths === undefined)(
  `the critical paths of Jaeger UI's tests (skipped where ${absent})`,
  () => {
    const cases = criticalPaths === undefined ? [] : Cases.parse(read(criticalPaths));
    it.each(cases.map((one) => [one.file, one] as const))('%s', (_, { criticalPathSections, trace }) => {
      const [suiteSpans = []] = jaegerTraces(trace);
      // Its ids are words, those here are hexadecimal.
      const wordOf = new Map(suiteSpans.map(({ spanId }, place) => [spanId, trace.spans[place]?.spanID]));
      const { columns, criticalPath, times } = assembleTrace(columnsOf(storedSpans(otlpOfSuite(suiteSpans))));
      const micros = (nanos: number) => (Number(times.traceStart) + nanos) / 1000;
      expect(
        criticalPath.map(({ span, from, until }) => ({
          spanID: wordOf.get(columns.spanIds[span] ?? ''),
          sectionStart: micros(from),
          sectionEnd: micros(until),
        })),
      ).toEqual(criticalPathSections);
    });
  },
);
