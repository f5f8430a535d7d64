import { z } from 'zod';
import {
  LogCompareAnswer,
  LogCompareRequest,
  LogContextAnswer,
  LogContextRequest,
  LogExportRequest,
  LogFacetsAnswer,
  LogFacetsRequest,
  LogPatternsAnswer,
  LogPatternsRequest,
} from '../api-log-analysis.ts';
import {
  LogHistogramAnswer,
  LogHistogramRequest,
  LogMatrixAnswer,
  LogSearchAnswer,
  LogSearchRequest,
  LogTailRequest,
} from '../api-logs.ts';
import { defineRoute } from './route.ts';

/** What its routes have in common. */
const COMMON = {
  method: 'POST',
  tag: 'Logs',
  access: { kind: 'permission', permission: 'logs:read' },
  effect: 'read',
  status: 200,
  problems: ['invalid-query', 'query-not-runnable', 'rate-limited', 'query-too-large', 'query-timeout'],
} as const;

/** Reading logs, for the explorer and whoever else. A query ends when its client goes. */
export const LOG_ROUTES = {
  searchLogs: defineRoute({
    ...COMMON,
    id: 'searchLogs',
    path: '/query/logs/search',
    summary: 'LogQL: a page of logs, or numbers over time',
    body: LogSearchRequest,
    answer: z.discriminatedUnion('resultType', [LogSearchAnswer, LogMatrixAnswer]),
    problems: ['invalid-cursor', ...COMMON.problems],
  }),
  tailLogs: defineRoute({
    ...COMMON,
    method: 'GET',
    id: 'tailLogs',
    path: '/query/logs/tail',
    summary: 'Logs as they come in, as server-sent events',
    description:
      'A log that the query selects is an event whose data is a `TailedLog` and whose id is its position; `Last-Event-ID` goes on behind it. `dropped` says how many lines were missed, `end` why the stream ends. A comment comes when the tail has begun, and every 15 seconds.',
    query: LogTailRequest,
    answer: 'text/event-stream',
  }),
  logHistogram: defineRoute({
    ...COMMON,
    id: 'logHistogram',
    path: '/query/logs/histogram',
    summary: 'The volume of a log query over time, by level',
    body: LogHistogramRequest,
    answer: LogHistogramAnswer,
  }),
  logFacets: defineRoute({
    ...COMMON,
    id: 'logFacets',
    path: '/query/logs/facets',
    summary: 'Values of labels with their counts',
    body: LogFacetsRequest,
    answer: LogFacetsAnswer,
  }),
  logPatterns: defineRoute({
    ...COMMON,
    id: 'logPatterns',
    path: '/query/logs/patterns',
    summary: 'The forms of lines, with what varies in them',
    body: LogPatternsRequest,
    answer: LogPatternsAnswer,
  }),
  logContext: defineRoute({
    ...COMMON,
    id: 'logContext',
    path: '/query/logs/context',
    summary: 'What a log’s stream said before and after it',
    body: LogContextRequest,
    answer: LogContextAnswer,
    problems: ['not-found', ...COMMON.problems],
  }),
  compareLogs: defineRoute({
    ...COMMON,
    id: 'compareLogs',
    path: '/query/logs/compare',
    summary: 'Which values are more frequent in a part of a span of time than in the rest',
    body: LogCompareRequest,
    answer: LogCompareAnswer,
  }),
  exportLogs: defineRoute({
    ...COMMON,
    id: 'exportLogs',
    path: '/query/logs/export',
    summary: 'All logs of a query as CSV or NDJSON, streamed',
    description:
      'A part ends after 256 MiB or five minutes. Asked again with its last row as `after`, also where a connection broke, it goes on; it is at its end when it has no rows.',
    body: LogExportRequest,
    answer: 'application/x-ndjson',
  }),
} as const;
