import type { QueryBounds, QueryStats } from './log-reader.ts';
import type { OrgId } from './org-id.ts';
import type { RumRecord } from './rum-record.ts';
import type { UnixNanos } from './unix-nanos.ts';

/** An event as storage gives it back; `batchId` and `index` name it. */
export type StoredRumEvent = Readonly<RumRecord> & { readonly batchId: string };

/** A session in a list. */
export interface RumSession {
  readonly sessionId: string;
  readonly application: string;
  readonly userId: string;
  readonly startTime: UnixNanos;
  readonly endTime: UnixNanos;
  readonly eventCount: number;
  readonly errorCount: number;
  readonly viewCount: number;
  readonly hasReplay: boolean;
}

/** Reads an organization's RUM events; errors as `LogReader`. */
export interface RumReader {
  /** A session's events in order of time, at most `limit`; empty when there is no such session. */
  readSession(
    orgId: OrgId,
    sessionId: string,
    limit: number,
    bounds: QueryBounds,
  ): Promise<{ readonly events: readonly StoredRumEvent[]; readonly isCut: boolean; readonly stats: QueryStats }>;
  /** Sessions with an event in the range, newest first. `start` inclusive, `end` exclusive. */
  listSessions(
    orgId: OrgId,
    selection: {
      readonly application?: string;
      readonly start: UnixNanos;
      readonly end: UnixNanos;
      readonly limit: number;
    },
    bounds: QueryBounds,
  ): Promise<{ readonly sessions: readonly RumSession[]; readonly stats: QueryStats }>;
}
