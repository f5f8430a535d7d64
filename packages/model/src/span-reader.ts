import type { QueryBounds, QueryStats } from './log-reader.ts';
import type { OrgId } from './org-id.ts';
import type { SpanRecord, SpanStatus } from './span-record.ts';
import type { FoundSpans, ReadTraceColumns, SpanPeers, SpanPeersQuestion, SpanPlace } from './trace-columns.ts';
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

/** Which traces are meant: those with at least one span that has all of these. */
export interface TraceSelection {
  readonly service?: string;
  /** A span's name. */
  readonly operation?: string;
  readonly status?: SpanStatus;
  /** Of the span, in nanoseconds; both inclusive. */
  readonly minDurationNanos?: bigint;
  readonly maxDurationNanos?: bigint;
  /** Attribute or resource attribute, by flattened label name (contract §6, "Names") and text of the value. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Of the span's start; inclusive and exclusive. */
  readonly start: UnixNanos;
  readonly end: UnixNanos;
}

/** The order of a page: traces by their start, newest first, or by duration, longest first; the trace id breaks ties. */
type TraceSort = 'newest' | 'slowest';

/** A place in that order. */
export interface TracePosition {
  /** Start time or duration in nanoseconds, as `sort` has it. */
  readonly key: bigint;
  readonly traceId: string;
}

/** One page of traces is asked for. */
export interface TraceSearch extends TraceSelection {
  readonly limit: number;
  readonly sort: TraceSort;
  readonly after?: TracePosition;
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

/** One page of traces; `next` is absent on the last one. */
export interface TracePage {
  readonly traces: readonly TraceSummary[];
  readonly next?: TracePosition;
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
  /** How long spans like one took; a span that was sent twice counts twice. */
  readSpanPeers(orgId: OrgId, question: SpanPeersQuestion, bounds: QueryBounds): Promise<SpanPeers>;
  searchTraces(orgId: OrgId, search: TraceSearch, bounds: QueryBounds): Promise<TracePage>;
  /** What is told of traces in a list, in no order; of those that there are. Spans further than a day outside of the range may be missing. */
  summarizeTraces(orgId: OrgId, asked: TraceListing, bounds: QueryBounds): Promise<Pick<TracePage, 'traces' | 'stats'>>;
}
