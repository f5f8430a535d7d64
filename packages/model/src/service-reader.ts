import type { ConnectionType, GraphNodeType } from './api-services.ts';
import type { DurationCounts } from './duration-buckets.ts';
import type { QueryBounds, QueryStats } from './log-reader.ts';
import type { OrgId } from './org-id.ts';
import type { SpanKind, SpanStatus } from './span-record.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** What figures of spans can be told apart by. */
export type SpanFigureKey = 'service' | 'name' | 'kind' | 'status' | 'version' | 'env';

/** Which spans are measured. Texts are compared whole, and several are alternatives. */
export interface SpanFigureSelection {
  /** Unix ms: whole minutes, or whole hours with `resolution: 'hour'`; inclusive and exclusive. By the start of spans. */
  readonly startMs: number;
  readonly endMs: number;
  readonly resolution: 'minute' | 'hour';
  readonly services?: readonly string[];
  readonly names?: readonly string[];
  readonly kinds?: readonly SpanKind[];
  readonly version?: string;
  readonly env?: string;
  /** A part of a service's or a name's text, whatever its case. */
  readonly search?: { readonly in: 'service' | 'name'; readonly text: string };
}

/** Figures of spans are asked for. */
export interface SpanFigureQuery extends SpanFigureSelection {
  readonly by: readonly SpanFigureKey[];
  /** Told apart by time, too: steps of so many ms from a time on, whole minutes or hours. */
  readonly steps?: { readonly fromMs: number; readonly stepMs: number };
  /** Whether buckets of durations are told, and the slowest span. */
  readonly durations: boolean;
  /** Only the first groups in an order; the highest first, a name's in its own order. Without, all of them in no order. */
  readonly first?: { readonly by: 'calls' | 'errors' | 'error-ratio' | 'nanos' | 'name'; readonly limit: number };
}

/** Figures of a group of spans. */
export interface SpanFigures {
  readonly service?: string;
  readonly name?: string;
  readonly kind?: SpanKind;
  readonly status?: SpanStatus;
  readonly version?: string;
  readonly env?: string;
  /** Number of its step. */
  readonly step?: number;
  readonly calls: number;
  readonly errors: number;
  /** All durations added up. */
  readonly nanos: number;
  /** The first and the last minute or hour with one, Unix ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly durations?: DurationCounts;
  readonly slowest?: SlowestSpan;
}

/** The slowest span of a group. */
export interface SlowestSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly nanos: number;
}

/** How long spans of one kind took, and one of them among the others. */
export interface DurationPeers {
  readonly count: number;
  /** Those that took no longer than the given one. */
  readonly countNotAbove: number;
  /** Nanoseconds; null without any. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly stats: QueryStats;
}

/** One end of calls. */
export interface GraphNode {
  readonly type: GraphNodeType;
  readonly name: string;
}

/** Durations of calls as one side measured them; empty where it sends no spans. */
interface GraphSide {
  readonly nanos: number;
  readonly durations: DurationCounts;
}

/** Calls from one node to another. */
export interface GraphEdge {
  readonly client: GraphNode;
  readonly server: GraphNode;
  readonly connectionType: ConnectionType;
  readonly system: string;
  readonly destination: string;
  readonly calls: number;
  readonly errors: number;
  readonly clientSide: GraphSide;
  readonly serverSide: GraphSide;
  readonly slowest: SlowestSpan;
}

/** Edges are asked for, those with most calls. */
export interface GraphEdgeQuery extends Pick<SpanFigureSelection, 'startMs' | 'endMs' | 'resolution' | 'env'> {
  /** The service that calls. */
  readonly client?: string;
  /** The service that is called. */
  readonly server?: string;
  /** Edges that differ in no more than the types of their nodes, system or destination are one, which has those of any of them. */
  readonly isMerged?: boolean;
  /** Leaves out the buckets of durations, which are most of the work. */
  readonly withoutDurations?: boolean;
  readonly limit: number;
}

/** Reads what an organization's spans come to; errors as `LogReader`. A span that was sent twice, in two batches, counts twice. */
export interface ServiceReader {
  measureSpans(
    orgId: OrgId,
    query: SpanFigureQuery,
    bounds: QueryBounds,
  ): Promise<{ readonly groups: readonly SpanFigures[]; readonly stats: QueryStats }>;
  /** Edges by the start of the calling span, as far as windows of coming are settled. */
  readEdges(
    orgId: OrgId,
    query: GraphEdgeQuery,
    bounds: QueryBounds,
  ): Promise<{ readonly edges: readonly GraphEdge[]; readonly stats: QueryStats }>;
  /** Durations of the spans of a service, name and kind that began in a range (inclusive and exclusive): exact up to half a million of them, else from buckets. */
  durationPeers(
    orgId: OrgId,
    peers: {
      readonly service: string;
      readonly name: string;
      readonly kind: SpanKind;
      readonly start: UnixNanos;
      readonly end: UnixNanos;
      readonly durationNanos: bigint;
    },
    bounds: QueryBounds,
  ): Promise<DurationPeers>;
}
