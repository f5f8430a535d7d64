import type { QueryStats, TempoSearchAnswer, TraceSummary } from '@aegisguard/model';
import type { FoundSpanset, FoundTrace } from '@aegisguard/traceql';
import type { z } from 'zod';
import { anyValue, spanAttribute } from './tempo-values.ts';

type Answer = z.infer<typeof TempoSearchAnswer>;
type TraceView = Answer['traces'][number];
type SpanSetView = NonNullable<TraceView['spanSet']>;

const NANOS_PER_MS = 1_000_000n;

function spanSetView({ spans, count, attributes }: FoundSpanset): SpanSetView {
  return {
    spans: spans.map(({ span, fields }) => ({
      spanID: span.spanId,
      name: span.name,
      startTimeUnixNano: String(span.startTime),
      durationNanos: String(span.durationNanos),
      attributes: fields.map(({ field, value }) => spanAttribute(field, value)),
    })),
    matched: count,
    ...(attributes.length === 0
      ? {}
      : { attributes: attributes.map(({ name, value }) => ({ key: name, value: anyValue(value ?? '<nil>') })) }),
  };
}

/** A trace of a list, with what was found in it if there was a query. */
function traceView({ summary, found }: { readonly summary: TraceSummary; readonly found: FoundTrace | undefined }): TraceView {
  const spanSets = found?.spansets.map(spanSetView) ?? [];
  const [spanSet] = spanSets;
  return {
    traceID: summary.traceId,
    rootServiceName: summary.rootService,
    rootTraceName: summary.rootName,
    startTimeUnixNano: String(summary.startTime),
    durationMs: Number(summary.durationNanos / NANOS_PER_MS),
    ...(spanSet === undefined ? {} : { spanSet, spanSets }),
  };
}

/** The answer to a search. How many traces were looked at is not known: told are those that were found. */
export function searchAnswer(
  traces: readonly { readonly summary: TraceSummary; readonly found: FoundTrace | undefined }[],
  { rowsRead, bytesRead }: QueryStats,
): Answer {
  return {
    traces: traces.map(traceView),
    metrics: {
      inspectedTraces: traces.length,
      inspectedSpans: String(rowsRead),
      inspectedBytes: String(bytesRead),
    },
  };
}
