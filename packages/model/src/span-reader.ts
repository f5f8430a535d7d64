import type { QueryBounds, QueryStats } from './log-reader.ts';
import type { OrgId } from './org-id.ts';
import type { SpanRecord } from './span-record.ts';
import type { FoundSpans, ReadTraceColumns, SpanPlace } from './trace-columns.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** A span as storage gives it back. */
export type StoredSpan = Readonly<Omit<SpanRecord, 'index'>>;

/** All spans of a trace, each span id once, in order of start time. */
export interface TraceSpans {
  readonly spans: readonly StoredSpan[];
  /** True when the trace has more spans than were asked for. */
  readonly isCut: boolean;
  readonly stats: QueryStats;
}

/** A place in an order of traces: by their start, newest first, or by duration, longest first; the trace id breaks ties. */
export interface TracePosition {
  /** Start time or duration in nanoseconds. */
  readonly key: bigint;
  readonly traceId: string;
}

/** A trace in a list; counts and times are the whole trace's, not only those of the spans that matched. */
export interface TraceSummary {
  readonly traceId: string;
  /** Of the root span; of the earliest span where the root is missing. */
  readonly rootService: string;
  readonly rootName: string;
  readonly startTime: UnixNanos;
  readonly durationNanos: bigint;
  readonly spanCount: number;
  readonly errorCount: number;
  /** Ascending. */
  readonly services: readonly string[];
}

/** What is told of some traces. */
export interface TraceSummaries {
  readonly traces: readonly TraceSummary[];
  readonly stats: QueryStats;
}

/** Traces by their ids, which were found in a range. */
export interface TraceListing {
  readonly traceIds: readonly string[];
  readonly start: UnixNanos;
  readonly end: UnixNanos;
}

/** Reads an organization's spans; errors as `LogReader`. */
export interface SpanReader {
  /** A trace's spans, at most `limit` of them; empty when there is no such trace. */
  readTrace(orgId: OrgId, traceId: string, limit: number, bounds: QueryBounds): Promise<TraceSpans>;
  /** The same without attributes, for many more spans. */
  readTraceColumns(orgId: OrgId, traceId: string, limit: number, bounds: QueryBounds): Promise<ReadTraceColumns>;
  /** Spans of a trace whose places its columns told, in no order. */
  readSpansAt(
    orgId: OrgId,
    traceId: string,
    places: readonly SpanPlace[],
    bounds: QueryBounds,
  ): Promise<Pick<TraceSpans, 'spans' | 'stats'>>;
  /** The spans of a trace in whose names, attributes, events or links a text stands, whatever its case; at most `limit`. Undefined when there is no such trace. */
  findInTrace(
    orgId: OrgId,
    traceId: string,
    text: string,
    limit: number,
    bounds: QueryBounds,
  ): Promise<FoundSpans | undefined>;
  /** What is told of traces in a list, in no order; of those that there are. Spans further than a day outside of the range may be missing. */
  summarizeTraces(orgId: OrgId, asked: TraceListing, bounds: QueryBounds): Promise<TraceSummaries>;
}
