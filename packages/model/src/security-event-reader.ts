import type { QueryBounds, QueryStats } from './log-reader.ts';
import type { OrgId } from './org-id.ts';
import type { EventSeverity, EventSource, SecurityEventRecord } from './security-event.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** An event as storage gives it back; `batchId` and `index` name it. */
export type StoredSecurityEvent = Readonly<SecurityEventRecord> & { readonly batchId: string };

/** Which events are meant; of a list one is enough, and what is absent asks for nothing. */
export interface SecurityEventFilter {
  readonly types?: readonly string[];
  readonly severities?: readonly EventSeverity[];
  readonly actor?: string;
  readonly ip?: string;
  readonly source?: EventSource;
  /** Anywhere in the type, actor, target or message, in whatever case. */
  readonly text?: string;
}

/** A place in the total order (timestamp, batchId, index) of an organization's events. */
interface SecurityEventPosition {
  readonly timestamp: UnixNanos;
  readonly batchId: string;
  readonly index: number;
}

/** One page of events is asked for. `start` inclusive, `end` exclusive. */
export interface SecurityEventSearch extends SecurityEventFilter {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly limit: number;
  /** Only events strictly before this place. */
  readonly before?: SecurityEventPosition;
}

/** A page, newest first; `next` when there are more. */
export interface SecurityEventPage {
  readonly events: readonly StoredSecurityEvent[];
  readonly next?: SecurityEventPosition;
  readonly stats: QueryStats;
}

/** How much happened, by step: step i covers fromMs + i·stepMs up to the next. */
export interface SecurityEventTrend {
  readonly steps: readonly { readonly step: number; readonly severity: EventSeverity; readonly count: number }[];
  /** Most frequent first. */
  readonly topTypes: readonly { readonly type: string; readonly count: number }[];
  /** Those that are known, most frequent first. */
  readonly topActors: readonly { readonly actor: string; readonly count: number }[];
  readonly stats: QueryStats;
}

/** Reads an organization's security events; errors as `LogReader`. */
export interface SecurityEventReader {
  search(orgId: OrgId, search: SecurityEventSearch, bounds: QueryBounds): Promise<SecurityEventPage>;
  /** Counts what happened: an event that stands for many is as many. `fromMs` inclusive, `toMs` exclusive. */
  trend(
    orgId: OrgId,
    selection: SecurityEventFilter & {
      readonly fromMs: number;
      readonly toMs: number;
      readonly stepMs: number;
      /** How many types and actors are told at most. */
      readonly topMax: number;
    },
    bounds: QueryBounds,
  ): Promise<SecurityEventTrend>;
}
