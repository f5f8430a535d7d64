import type { JsonObject } from './json.ts';
import type { LogLabels } from './log-labels.ts';
import type { LogLevel } from './log-record.ts';
import type { OrgId } from './org-id.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** The operators of a label matcher: equal, not equal, matches and does not match a whole-string RE2 expression. */
export type MatchOperator = '=' | '!=' | '=~' | '!~';

/**
 * One label matcher of a stream selector. `name` is a label name as contract §6 "Names" has it: `service` (or `service_name`), `level`, `host`, `env`, `version`,
 * `trace_id`, `span_id`, or a flattened attribute. An absent label has the value `''`.
 */
export interface LabelMatcher {
  readonly name: string;
  readonly op: MatchOperator;
  readonly value: string;
}

/** A line filter over the message: contains, does not contain, matches, does not match (RE2, unanchored, case-sensitive) one of the values; with `!`, none of them does. */
export interface LineFilter {
  readonly op: '|=' | '!=' | '|~' | '!~';
  /** At least one. */
  readonly values: readonly string[];
}

/** What is true of every log that is wanted: its message contains one of the texts, or one of the matchers fits. */
export interface LogHint {
  readonly texts: readonly string[];
  readonly matchers: readonly LabelMatcher[];
}

/** Which logs of an organization are meant. */
export interface LogSelection {
  readonly matchers: readonly LabelMatcher[];
  readonly lineFilters: readonly LineFilter[];
  /** All of them are true of what is wanted, which whoever asks looks for among what is found; a reader may leave out what they are not true of. */
  readonly hints?: readonly LogHint[];
  /** Inclusive. */
  readonly start: UnixNanos;
  /** Exclusive. */
  readonly end: UnixNanos;
}

/** Newest first or oldest first. */
export type LogDirection = 'backward' | 'forward';

/** A place in the total order (timestamp, batchId, index) of an organization's logs. */
export interface LogPosition {
  readonly timestamp: UnixNanos;
  readonly batchId: string;
  readonly index: number;
}

/** One page of logs is asked for. */
export interface LogSearch extends LogSelection {
  readonly limit: number;
  readonly direction: LogDirection;
  /** Only logs strictly after this place, in the search's direction. */
  readonly after?: LogPosition;
}

/** A log as storage gives it back. Absent texts are `''`. */
export interface StoredLog {
  readonly position: LogPosition;
  readonly level: LogLevel;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly service: string;
  readonly message: string;
  readonly host: string;
  readonly env: string;
  readonly version: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly scopeName: string;
  readonly scopeVersion: string;
  readonly attributes: JsonObject;
  readonly resource: JsonObject;
  readonly details: JsonObject;
  readonly geo: JsonObject;
  readonly userAgent: JsonObject;
  readonly ingestId: string;
  readonly truncated: boolean;
}

/** What a query cost. */
export interface QueryStats {
  readonly elapsedMs: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

/** One page of logs; `next` is absent on the last page. */
export interface LogPage {
  readonly logs: readonly StoredLog[];
  readonly next?: LogPosition;
  readonly stats: QueryStats;
}

/** Counts of logs per bucket of time and per group of label values. */
export interface LogCountQuery extends LogSelection {
  /** The edge that buckets are counted from. */
  readonly origin: UnixNanos;
  /** Width of a bucket in nanoseconds. */
  readonly bucket: bigint;
  /** `[)`: bucket i holds origin + i·bucket ≤ t < origin + (i+1)·bucket, as a histogram wants; `(]`: the upper edge belongs to it, as a range vector wants. */
  readonly edges: '[)' | '(]';
  /** Labels that make a group; [] counts everything together. */
  readonly by: readonly string[];
  /** What is added up: logs, or the UTF-8 bytes of their messages. */
  readonly of: 'logs' | 'bytes';
}

/** The counts of one group; buckets without a log are absent. */
export interface LogCountSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Ascending bucket numbers, and the count of each. */
  readonly buckets: readonly number[];
  readonly counts: readonly number[];
}

/** The answer to a count query. */
export interface LogCounts {
  readonly series: readonly LogCountSeries[];
  readonly stats: QueryStats;
}

/** Logs in columns of equal length. Equal labels are often one object. */
export interface LogBlock {
  /** Unix nanoseconds. */
  readonly timestamps: BigInt64Array;
  readonly lines: readonly string[];
  readonly labels: readonly LogLabels[];
}

/** How far one query may go. */
export interface QueryBounds {
  /** Aborted when the client goes. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Reads an organization's logs. Implemented by storage drivers, used by query engines, which know no database. */
export interface LogReader {
  /** One page, in the search's direction; throws `AegisError` `query-timeout`, `query-too-large`, `query-cancelled`. */
  searchLogs(orgId: OrgId, search: LogSearch, bounds: QueryBounds): Promise<LogPage>;
  /** Counts per bucket and group; the same errors. */
  countLogs(orgId: OrgId, query: LogCountQuery, bounds: QueryBounds): Promise<LogCounts>;
  /** Hands over all selected logs, in no order, block by block; how many there may be is the caller's to say: what `onBlock` throws ends it and comes back. The same errors. */
  scanLogs(
    orgId: OrgId,
    selection: LogSelection,
    bounds: QueryBounds,
    onBlock: (block: LogBlock) => void,
  ): Promise<QueryStats>;
}
