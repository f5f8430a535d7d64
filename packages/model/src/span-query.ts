import type { QueryBounds, QueryStats } from './log-reader.ts';
import type { OrgId } from './org-id.ts';
import type { SpanComparison, SpanComparisonQuery } from './span-comparison.ts';
import type { SpanFunnel, SpanFunnelQuery } from './span-funnel.ts';
import type { StoredSpan } from './span-reader.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** Where an attribute lies. `any` is the first of span, resource, event, link and instrumentation that has it. */
export type SpanAttributeScope = 'span' | 'resource' | 'event' | 'link' | 'instrumentation' | 'any';

/** What a span has besides attributes, as far as its own row tells it. Times and durations are nanoseconds. */
export type SpanIntrinsic =
  | 'duration'
  | 'name'
  | 'status'
  | 'status-message'
  | 'kind'
  | 'span-id'
  | 'parent-id'
  | 'trace-id'
  | 'event-name'
  | 'event-time-since-start'
  | 'link-trace-id'
  | 'link-span-id'
  | 'scope-name'
  | 'scope-version';

/** What is only known of the whole trace: its duration (latest end less earliest start) and its root span. */
export type TraceIntrinsic = 'trace-duration' | 'root-service' | 'root-name';

/**
 * Something that can be asked of a span. An attribute's name is its path joined by dots: `http.status_code` is found as one key and as nested objects. Fields of events and links have as many values as there are of these: a condition
 * holds when it holds of one of them. `service.name` of the resource is the span's service.
 */
export type SpanField =
  | { readonly kind: 'attribute'; readonly scope: SpanAttributeScope; readonly name: string }
  | { readonly kind: 'intrinsic'; readonly name: SpanIntrinsic }
  | { readonly kind: 'trace'; readonly name: TraceIntrinsic };

/** A value of a span's field; bigint: whole nanoseconds. Status and kind are their words. */
export type SpanFieldValue = string | number | boolean | bigint;

/** The comparisons of a span's field. `=~` and `!~` match the whole value with RE2. */
export type SpanComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '=~' | '!~';

/**
 * What is asked of one span. A comparison holds only where the span has the field with a value of the same type (numbers and nanoseconds are one type): `!=` and `!~` do not hold where it is absent. An array holds it when one of its elements does
 * (for `!=` and `!~`: when all do).
 */
export type SpanCondition =
  | { readonly kind: 'everything' }
  | { readonly kind: 'all' | 'any'; readonly of: readonly SpanCondition[] }
  | {
      readonly kind: 'compare';
      readonly field: SpanField;
      readonly op: SpanComparisonOperator;
      readonly value: SpanFieldValue;
    }
  | { readonly kind: 'present' | 'absent'; readonly field: SpanField };

/** Traces are looked for: each must have, for every one of the conditions, a span of which it is true. The store may find others, too; it misses none. */
export interface TraceCandidateSearch {
  /** At least one. */
  readonly conditions: readonly SpanCondition[];
  /** Of the start of the spans that meet them; inclusive and exclusive. */
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly limit: number;
  readonly sort: 'newest' | 'slowest';
  readonly after?: { readonly key: bigint; readonly traceId: string };
}

/** A span as far as it was asked for: what is not among the parts is absent. */
export type FetchedSpan = Pick<
  StoredSpan,
  | 'traceId'
  | 'spanId'
  | 'parentSpanId'
  | 'name'
  | 'kind'
  | 'service'
  | 'startTime'
  | 'durationNanos'
  | 'status'
  | 'statusMessage'
> &
  Partial<Pick<StoredSpan, 'attributes' | 'resource' | 'scopeName' | 'scopeVersion' | 'events' | 'links' | 'details'>>;

/** Parts of spans that are read only for who needs them. `attributes` brings the resource, too. */
export interface SpanParts {
  readonly attributes?: boolean;
  readonly events?: boolean;
  readonly links?: boolean;
  readonly scope?: boolean;
}

/** Spans of some traces are read. */
export interface SpanFetch {
  readonly traceIds: readonly string[];
  /** Spans further than a day outside of this range may be missing. */
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  /** Only spans of which this may be true are read with their parts. */
  readonly condition: SpanCondition;
  readonly parts: SpanParts;
  /** The other spans of the traces are read, too, without parts. */
  readonly structure: boolean;
  /** More spans than this: `query-too-large`. */
  readonly limit: number;
}

/** Spans of a range are counted or measured. */
export interface SpanAggregation {
  readonly condition: SpanCondition;
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  /** Width of a bucket in nanoseconds; bucket i holds start + i·step ≤ time < start + (i+1)·step. */
  readonly step: bigint;
  /** Fields whose values make a group; [] counts everything together. A span without a field is in the group that has `undefined` there. */
  readonly by: readonly SpanField[];
  /** What is measured: spans, or a numeric field of those that have it, in seconds where it is nanoseconds. `log2` counts by the smallest power of two that is not below the value (of nanoseconds where it is nanoseconds); by 0 what is not above 0. */
  readonly measure:
    | { readonly kind: 'count' }
    | { readonly kind: 'sum' | 'min' | 'max' | 'log2'; readonly field: SpanField };
  /** More groups than this: `query-too-large`. */
  readonly groupsMax: number;
}

/** One group's measures; buckets without a span are absent. */
export interface SpanGroup {
  readonly by: readonly (SpanFieldValue | undefined)[];
  /** Ascending numbers of buckets; as many entries as `values` (`log2`: a bucket has an entry for each of its powers). */
  readonly buckets: readonly number[];
  readonly values: readonly number[];
  /** For `log2`: the power of two of each entry; one of nanoseconds is told in seconds, 2³⁰ as 1.073741824. */
  readonly powers?: readonly number[];
}

/** The answer to an aggregation. */
export interface SpanGroups {
  readonly groups: readonly SpanGroup[];
  readonly stats: QueryStats;
}

/** Spans of a range, in no order, as many as fit in memory at once. */
export interface SpanScan {
  /** Others may be told, too. */
  readonly condition: SpanCondition;
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly parts: SpanParts;
  /** Of a span that came several times with a start in the range only what came last is told; else each of them is. */
  readonly lastVersions?: boolean;
}

/** A name that spans' attributes have, or a value of one, with how many of the spans that were looked at have it. */
export interface SpanNameCount {
  readonly scope: Exclude<SpanAttributeScope, 'any'>;
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean';
  readonly count: number;
}

/** What TraceQL reads of an organization's spans. Every span id of a trace is told once, as it came last; errors as `LogReader`. */
export interface SpanQueryReader {
  /** A page of traces that may be meant, in their order; `next` is absent on the last one. */
  findTraces(
    orgId: OrgId,
    search: TraceCandidateSearch,
    bounds: QueryBounds,
  ): Promise<{
    readonly traces: readonly { readonly traceId: string; readonly key: bigint }[];
    readonly next?: { readonly key: bigint; readonly traceId: string };
    readonly stats: QueryStats;
  }>;
  fetchSpans(
    orgId: OrgId,
    fetch: SpanFetch,
    bounds: QueryBounds,
  ): Promise<{ readonly spans: readonly FetchedSpan[]; readonly stats: QueryStats }>;
  /** Undefined when the store cannot tell it exactly: then whoever asks scans. */
  aggregateSpans(orgId: OrgId, aggregation: SpanAggregation, bounds: QueryBounds): Promise<SpanGroups | undefined>;
  /** Undefined when the store cannot tell it exactly: then whoever asks looks at the spans. */
  funnelTraces(orgId: OrgId, funnel: SpanFunnelQuery, bounds: QueryBounds): Promise<SpanFunnel | undefined>;
  /** Undefined when the store cannot tell it exactly: then whoever asks looks at the spans. */
  compareSpans(orgId: OrgId, comparison: SpanComparisonQuery, bounds: QueryBounds): Promise<SpanComparison | undefined>;
  scanSpans(
    orgId: OrgId,
    scan: SpanScan,
    bounds: QueryBounds,
    onSpans: (spans: readonly FetchedSpan[]) => void,
  ): Promise<QueryStats>;
  /** Names of attributes of the latest spans of a range, most frequent first. */
  attributeNames(
    orgId: OrgId,
    range: { readonly start: UnixNanos; readonly end: UnixNanos; readonly condition: SpanCondition },
    bounds: QueryBounds,
  ): Promise<{ readonly names: readonly SpanNameCount[]; readonly stats: QueryStats }>;
  /** Values of a field in the latest spans of a range, most frequent first, at most `limit`. */
  fieldValues(
    orgId: OrgId,
    asked: {
      readonly field: SpanField;
      readonly start: UnixNanos;
      readonly end: UnixNanos;
      readonly condition: SpanCondition;
      readonly limit: number;
    },
    bounds: QueryBounds,
  ): Promise<{
    readonly values: readonly { readonly value: SpanFieldValue; readonly count: number }[];
    readonly stats: QueryStats;
  }>;
}
