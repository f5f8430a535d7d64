import type { LabelValues } from './log-labels.ts';
import type { LogPosition, LogSelection, QueryBounds, QueryStats, StoredLog } from './log-reader.ts';
import type { OrgId } from './org-id.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** Something of which the first `limit` are asked for. */
interface Limited {
  /** At least 1. */
  readonly limit: number;
}

/** A name that selected logs have a label under. */
export interface LogLabelName {
  readonly name: string;
  /** Whether a log has it among the labels of its stream. */
  readonly isStream: boolean;
  /** About how many of the logs have it; columns are taken to be there in all. */
  readonly logs: number;
}

/** Names, most common first. */
export interface LogLabelNames {
  readonly names: readonly LogLabelName[];
  readonly stats: QueryStats;
}

/** The values of a label among selected logs. */
export interface LogValueQuery extends LogSelection, Limited {
  readonly name: string;
  /** Only values that begin with it, case-sensitive. */
  readonly prefix?: string;
}

/** A value and how many logs have it. */
export interface LogValueCount {
  readonly value: string;
  readonly logs: number;
}

/** Values, most common first; an absent or empty one is none. */
export interface LogValueCounts {
  readonly values: readonly LogValueCount[];
  /** The counts are those of a sample, multiplied, and rare values may be missing. */
  readonly isEstimate: boolean;
  readonly stats: QueryStats;
}

/** How much was logged, by labels or by stream. */
export interface LogVolumeQuery extends LogSelection, Limited {
  readonly by: readonly string[] | 'stream';
}

/** The logs of a group; labels that they do not have are absent. */
export interface LogVolume {
  readonly labels: LabelValues;
  readonly logs: number;
  /** UTF-8 bytes of their messages. */
  readonly bytes: number;
}

/** Groups, those of most bytes first. */
export interface LogVolumes {
  readonly volumes: readonly LogVolume[];
  /** By stream only: counts are those of a sample, multiplied, and streams of few logs may be missing. */
  readonly isEstimate: boolean;
  readonly stats: QueryStats;
}

/** What there is of selected logs. */
export interface LogTotals {
  /** Of many logs, those met in a sample. */
  readonly streams: number;
  /** Pieces of the store that hold logs of the selection's range. */
  readonly parts: number;
  readonly logs: number;
  readonly bytes: number;
  readonly stats: QueryStats;
}

/** The most common values of several labels at once. */
export interface LogFacetQuery extends LogSelection {
  /** Undefined: columns, and the most common attributes that have few and short values. */
  readonly names?: readonly string[];
  /** Values of each label. */
  readonly limit: number;
}

/** A label's most common values. */
export interface LogFacet {
  readonly name: string;
  readonly values: readonly LogValueCount[];
  /** The counts are those of a sample, multiplied. */
  readonly isEstimate: boolean;
}

/** Labels with a value among the selected logs: service and level first, then the most common ones. */
export interface LogFacets {
  readonly facets: readonly LogFacet[];
  readonly stats: QueryStats;
}

/** Lines spread over all selected logs. */
export interface LogSampleQuery extends LogSelection, Limited {}

/** At most as many as asked for, in no order; all when there are fewer. */
export interface LogSample {
  /** Unix nanoseconds. */
  readonly timestamps: BigInt64Array;
  readonly lines: readonly string[];
  /** The six names. */
  readonly levels: readonly string[];
  /** About how many logs a line stands for; 1 when they are all there. */
  readonly logsPerLine: number;
  readonly stats: QueryStats;
}

/** What was logged before and after a log in its stream, whatever the level: by the same service, host and environment, or with the same labels pushed. */
export interface LogContextQuery {
  readonly position: LogPosition;
  /** How many logs on either side. */
  readonly before: number;
  readonly after: number;
  /** Labels that the neighbours share with it; those of its stream when undefined. */
  readonly by?: readonly string[];
  /** Inclusive, exclusive: how far to look. */
  readonly start: UnixNanos;
  readonly end: UnixNanos;
}

/** Oldest first, the log itself among neither; undefined when there is no such log. */
export interface LogContext {
  readonly log: StoredLog | undefined;
  /** What the neighbours share with it. */
  readonly shared: LabelValues;
  readonly before: readonly StoredLog[];
  readonly after: readonly StoredLog[];
  readonly stats: QueryStats;
}

/** Says what logs of an organization there are, for explorers and editors. Throws what `LogReader` throws. */
export interface LogOverview {
  labelNames(orgId: OrgId, query: LogSelection & Limited, bounds: QueryBounds): Promise<LogLabelNames>;
  labelValues(orgId: OrgId, query: LogValueQuery, bounds: QueryBounds): Promise<LogValueCounts>;
  logVolumes(orgId: OrgId, query: LogVolumeQuery, bounds: QueryBounds): Promise<LogVolumes>;
  logTotals(orgId: OrgId, selection: LogSelection, bounds: QueryBounds): Promise<LogTotals>;
  logFacets(orgId: OrgId, query: LogFacetQuery, bounds: QueryBounds): Promise<LogFacets>;
  sampleLogs(orgId: OrgId, query: LogSampleQuery, bounds: QueryBounds): Promise<LogSample>;
  logContext(orgId: OrgId, query: LogContextQuery, bounds: QueryBounds): Promise<LogContext>;
}
