import {
  AegisError,
  type LogDirection,
  type LogPage,
  type LogPosition,
  type LogReader,
  type OrgId,
  type QueryBounds,
} from '@aegisguard/model';
import type { Query } from '../syntax/ast/query.ts';
import { evaluateMetricQuery, type Matrix, type MetricWindow } from './evaluate-metric-query.ts';
import { selectionOf } from './selection-of.ts';

/** What a request says besides the query. `end` is exclusive for logs and inclusive for the points of a metric query, as in Loki. */
export interface LogQueryWindow extends MetricWindow {
  /** The rest is for log queries only. */
  readonly limit: number;
  readonly direction: LogDirection;
  /** Where the page before ended. */
  readonly after?: LogPosition;
}

/** A page of logs, or series of numbers. */
export type LogQueryAnswer = ({ readonly kind: 'logs' } & LogPage) | ({ readonly kind: 'matrix' } & Matrix);

/** Answers a parsed query from an organization's logs. Besides what the reader throws: `invalid-request`, `query-not-runnable`, `query-too-large`. */
export async function evaluateLogQuery(
  reader: LogReader,
  orgId: OrgId,
  query: Query,
  window: LogQueryWindow,
  bounds: QueryBounds,
): Promise<LogQueryAnswer> {
  if (window.start > window.end) {
    throw new AegisError('invalid-request', { detail: 'The start is after the end.' });
  }
  if (query.kind !== 'log-query') {
    return { kind: 'matrix', ...(await evaluateMetricQuery(reader, orgId, query, window, bounds)) };
  }
  const { start, end, limit, direction, after } = window;
  const search = { ...selectionOf(query), start, end, limit, direction, ...(after === undefined ? {} : { after }) };
  return { kind: 'logs', ...(await reader.searchLogs(orgId, search, bounds)) };
}
