import { z } from 'zod';
import { JsonObjectView } from './api-json.ts';
import { LOG_LEVELS } from './log-record.ts';

/** RFC 3339, unix s / ms / µs / ns, or `now-1h` style (contract §4, "Times"). */
export const TimeInput = z.union([z.string().min(1).max(64), z.number()]);

/** `POST /query/logs/search`. */
export const LogSearchRequest = z.strictObject({
  query: z.string().min(1).max(20_000),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  limit: z.int().min(1).max(5000).default(100),
  direction: z.enum(['backward', 'forward']).default('backward'),
  cursor: z.string().min(1).max(2000).optional(),
  /** Only for metric queries: seconds as a number, or a duration such as `1m`. */
  step: z.union([z.string().min(1).max(32), z.number().positive()]).optional(),
});
export type LogSearchRequest = z.infer<typeof LogSearchRequest>;

/** A span of time in query parameters; the last hour where an end is left out. */
export const RangeRequest = z.strictObject({ start: TimeInput.optional(), end: TimeInput.optional() });
export type RangeRequest = z.infer<typeof RangeRequest>;

/** What a query cost, where the engine knows it. */
export const StatsView = z.object({ elapsedMs: z.number(), rowsRead: z.number(), bytesRead: z.number() });
export type StatsView = z.infer<typeof StatsView>;

/** One log of an answer. Members without a value are absent. */
export const LogView = z.object({
  id: z.string(),
  timestamp: z.string(),
  level: z.enum(LOG_LEVELS),
  severityNumber: z.number().optional(),
  severityText: z.string().optional(),
  service: z.string(),
  message: z.string(),
  host: z.string().optional(),
  env: z.string().optional(),
  version: z.string().optional(),
  traceId: z.string().optional(),
  spanId: z.string().optional(),
  scope: z.object({ name: z.string(), version: z.string().optional() }).optional(),
  attributes: JsonObjectView,
  resource: JsonObjectView,
  /** What the protocol said of the record beside its attributes. */
  details: JsonObjectView.optional(),
  /** Where the client is, and what: members as `LogRecord` has them. */
  geo: JsonObjectView.optional(),
  userAgent: JsonObjectView.optional(),
  ingestId: z.string().optional(),
  truncated: z.boolean().optional(),
  /** What the query's pipeline made of the message, where that is another text. */
  line: z.string().optional(),
  /** Labels that the query's pipeline made, with `__error__` where it failed. */
  parsed: z.record(z.string(), z.string()).optional(),
});
export type LogView = z.infer<typeof LogView>;

/** One log of a tail, with the labels that Loki's answers would have for its stream. */
export const TailedLog = LogView.extend({ labels: z.record(z.string(), z.string()) });
export type TailedLog = z.infer<typeof TailedLog>;

/** `GET /query/logs/tail`. */
export const LogTailRequest = z.strictObject({
  query: z.string().min(1).max(20_000),
  /** Begins with what is stored since. */
  start: TimeInput.optional(),
  /** How many of these at most, the newest. */
  limit: z.coerce.number().int().min(1).max(5000).default(100),
});
export type LogTailRequest = z.infer<typeof LogTailRequest>;

/** The answer to a log query. */
export const LogSearchAnswer = z.object({
  resultType: z.literal('logs'),
  logs: z.array(LogView),
  nextCursor: z.string().nullable(),
  stats: StatsView,
});
export type LogSearchAnswer = z.infer<typeof LogSearchAnswer>;

/** The answer to a metric query. Values that are no JSON numbers, infinite ones and NaN, are absent; the Loki API has them. */
export const LogMatrixAnswer = z.object({
  resultType: z.literal('matrix'),
  series: z.array(
    z.object({ labels: z.record(z.string(), z.string()), points: z.array(z.tuple([z.number(), z.number()])) }),
  ),
  stats: StatsView,
});
export type LogMatrixAnswer = z.infer<typeof LogMatrixAnswer>;

/** `POST /query/logs/histogram`: the volume of a log query, by level. */
export const LogHistogramRequest = z.strictObject({
  query: z.string().min(1).max(20_000),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  /** About how many bars are wanted; the step is rounded to a natural one, so there may be fewer. */
  buckets: z.int().min(1).max(500).default(60),
});
export type LogHistogramRequest = z.infer<typeof LogHistogramRequest>;

/** Bar i of a level covers start + i·stepMs (inclusive) to start + (i+1)·stepMs (exclusive); `start` is a multiple of the step. */
export const LogHistogramAnswer = z.object({
  /** Unix ms. */
  start: z.number(),
  stepMs: z.number(),
  bars: z.number(),
  levels: z.array(z.object({ level: z.enum(LOG_LEVELS), counts: z.array(z.number()) })),
  total: z.number(),
  stats: StatsView,
});
export type LogHistogramAnswer = z.infer<typeof LogHistogramAnswer>;

/** RFC 9457 problem document; `code` repeats the last part of `type`. A query's parse error has `position`, a 0-based UTF-16 offset. */
export const Problem = z.looseObject({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  requestId: z.string(),
  position: z.number().optional(),
});
export type Problem = z.infer<typeof Problem>;
