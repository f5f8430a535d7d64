import {
  AegisError,
  type OrgId,
  type QueryBounds,
  type SpanReader,
  type SpanView,
  type StatsView,
  unixNanos,
} from '@aegisguard/model';
import { type AssembledTrace, assembleTrace } from './assemble-trace.ts';
import { placeOf, spanView } from './span-view.ts';
import { readSpanId, readTraceId } from './trace-id.ts';
import { TraceMemory } from './trace-memory.ts';
import { traceWarnings } from './trace-warnings.ts';

/** A trace with more spans is shown without its last ones. */
const SPANS_MAX = 500_000;
/** Of all traces that are kept for who looks at them; a span takes about 150 bytes. */
const KEPT_SPANS_MAX = 500_000;
/** Spans that arrive late are seen by then, or when the trace is opened anew. */
const KEPT_MS = 30_000;

/** A trace that was read and put together. */
export interface ReadTrace {
  readonly traceId: string;
  readonly trace: AssembledTrace;
  readonly warnings: readonly string[];
  /** What it cost now: nothing when it was kept. */
  readonly stats: StatsView;
}

/** Reads traces and parts of them. What is answered of one trace's parts agrees, because it is put together once. */
export class TraceReading {
  private readonly reader: SpanReader;
  private readonly memory = new TraceMemory<ReadTrace>({ ttlMs: KEPT_MS, spansMax: KEPT_SPANS_MAX }, () =>
    performance.now(),
  );

  constructor(reader: SpanReader) {
    this.reader = reader;
  }

  /** The trace as it is now; throws `not-found`. */
  async open(orgId: OrgId, idText: string, bounds: QueryBounds): Promise<ReadTrace> {
    const traceId = knownTraceId(idText);
    const { columns, stats, ...faults } = await this.reader.readTraceColumns(orgId, traceId, SPANS_MAX, bounds);
    if (columns.spanIds.length === 0) {
      throw noSuchTrace();
    }
    const trace = assembleTrace(columns);
    const read = { traceId, trace, warnings: traceWarnings(trace, faults), stats };
    this.memory.set(orgId, traceId, read, columns.spanIds.length);
    return read;
  }

  /** The trace as it was when it was opened, if that was just now. */
  async reopen(orgId: OrgId, idText: string, bounds: QueryBounds): Promise<ReadTrace> {
    const kept = this.memory.get(orgId, knownTraceId(idText));
    return kept === undefined ? this.open(orgId, idText, bounds) : { ...kept, stats: NOTHING };
  }

  /** The trace and the index of one of its spans; one that is new opens the trace anew. */
  async find(orgId: OrgId, idText: string, spanIdText: string, bounds: QueryBounds) {
    const kept = await this.reopen(orgId, idText, bounds);
    const known = indexOf(kept, spanIdText);
    const read = known === -1 && kept.stats === NOTHING ? await this.open(orgId, idText, bounds) : kept;
    const index = known === -1 ? indexOf(read, spanIdText) : known;
    if (index === -1) {
      throw noSuchSpan();
    }
    return { read, index };
  }

  /** Spans with everything that is known of them; one that went since the trace was opened is left out. */
  async spans(
    orgId: OrgId,
    { traceId, trace }: ReadTrace,
    indexes: Int32Array,
    bounds: QueryBounds,
  ): Promise<{ readonly spans: SpanView[]; readonly stats: StatsView }> {
    const { spanIds, services, startTimes } = trace.columns;
    const places = Array.from(indexes, (index) => ({
      spanId: spanIds[index] ?? '',
      service: services[index] ?? '',
      startTime: unixNanos(startTimes[index] ?? 0n),
    }));
    const read = await this.reader.readSpansAt(orgId, traceId, places, bounds);
    const byId = new Map(read.spans.map((span) => [span.spanId, span]));
    const spans = Array.from(indexes).flatMap((index) => {
      const span = byId.get(spanIds[index] ?? '');
      return span === undefined ? [] : [spanView(span, placeOf(trace, index))];
    });
    return { spans, stats: read.stats };
  }
}

const NOTHING: StatsView = { elapsedMs: 0, rowsRead: 0, bytesRead: 0 };

function indexOf({ trace }: ReadTrace, spanIdText: string): number {
  return trace.columns.spanIds.indexOf(readSpanId(spanIdText) ?? '');
}

/** A trace id as it is stored; throws `not-found` for what cannot be one. */
export function knownTraceId(text: string): string {
  const traceId = readTraceId(text);
  if (traceId === undefined) {
    throw new AegisError('not-found', { detail: 'A trace id has 32 (or 16) hexadecimal digits.' });
  }
  return traceId;
}

/** Nothing of the organization has the id. */
export function noSuchTrace(): AegisError {
  return new AegisError('not-found', { detail: 'There is no such trace.' });
}

/** The trace is there, the span is not. */
export function noSuchSpan(): AegisError {
  return new AegisError('not-found', { detail: 'The trace has no such span.' });
}
