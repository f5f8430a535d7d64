import { z } from 'zod';
import { LogView, StatsView, TimeInput } from './api-logs.ts';

/** What is asked about: the logs of a query (its pipeline counts, too) in a span of time. */
const Asked = {
  query: z.string().min(1).max(20_000),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
};
const Label = z.string().min(1).max(256);

/** `POST /query/logs/facets`: values of labels with their counts. */
export const LogFacetsRequest = z.strictObject({
  ...Asked,
  /** Labels that are wanted; without them the usual columns and the attributes that most logs have. */
  labels: z.array(Label).max(50).optional(),
  /** Values of each label. */
  limit: z.int().min(1).max(100).default(10),
});
export type LogFacetsRequest = z.infer<typeof LogFacetsRequest>;

/** Labels, those of columns first, then by how many logs have them; values by their counts. */
export const LogFacetsAnswer = z.object({
  facets: z.array(
    z.object({
      label: z.string(),
      values: z.array(z.object({ value: z.string(), count: z.number() })),
      /** There are more values than were asked for. */
      hasMore: z.boolean(),
      /** The counts are those of a sample, multiplied. */
      isEstimate: z.boolean(),
    }),
  ),
  /** Of how many logs the counts are, when they are those of the newest only: the query's pipeline has to look at each. */
  newest: z.number().nullable(),
  stats: StatsView,
});
export type LogFacetsAnswer = z.infer<typeof LogFacetsAnswer>;

/** `POST /query/logs/patterns`: the forms of lines. */
export const LogPatternsRequest = z.strictObject({
  ...Asked,
  limit: z.int().min(1).max(200).default(50),
  /** About how many bars of the trend are wanted. */
  buckets: z.int().min(1).max(200).default(40),
});
export type LogPatternsRequest = z.infer<typeof LogPatternsRequest>;

const PatternPartView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('wildcard'),
    type: z
      .string()
      .describe(
        '`number`, `duration`, `bytes`, `ip`, `uuid`, `hex`, `time`, `email`, `url`, `path`, `agent` or `any`.',
      ),
    values: z.array(z.object({ value: z.string(), count: z.number() })),
  }),
]);

/** Counts are of the sampled lines; `filter` and `exclude` are line filters to put behind the query. */
export const LogPatternsAnswer = z.object({
  patterns: z.array(
    z.object({
      parts: z.array(PatternPartView),
      filter: z.string(),
      exclude: z.string(),
      count: z.number(),
      counts: z.array(z.number()),
      levels: z.record(z.string(), z.number()),
      sample: z.string(),
    }),
  ),
  /** Unix ms; bar i of a trend covers start + i·stepMs to start + (i+1)·stepMs. */
  start: z.number(),
  stepMs: z.number(),
  bars: z.number(),
  /** About how many logs the query has; null when its pipeline would have to look at each. */
  total: z.number().nullable(),
  /** How many lines were looked at. */
  sampled: z.number(),
  /** Sampled lines of none of the patterns. */
  others: z.number(),
  stats: StatsView,
});
export type LogPatternsAnswer = z.infer<typeof LogPatternsAnswer>;

/** `POST /query/logs/context`: what a log's stream said before and after it. */
export const LogContextRequest = z.strictObject({
  /** The log's `id` and `timestamp`. */
  id: z.string().min(1).max(64),
  timestamp: TimeInput,
  before: z.int().min(0).max(500).default(20),
  after: z.int().min(0).max(500).default(20),
  /** Labels that the neighbours share with it; those of its stream without them. */
  labels: z.array(Label).max(20).optional(),
});
export type LogContextRequest = z.infer<typeof LogContextRequest>;

/** All oldest first. */
export const LogContextAnswer = z.object({
  before: z.array(LogView),
  log: LogView,
  after: z.array(LogView),
  /** What the neighbours share with it. */
  labels: z.record(z.string(), z.string()),
  stats: StatsView,
});
export type LogContextAnswer = z.infer<typeof LogContextAnswer>;

/** `POST /query/logs/compare`: what is different in a part of a span of time. */
export const LogCompareRequest = z.strictObject({
  ...Asked,
  /** The part, inside of start and end. */
  from: TimeInput,
  to: TimeInput,
  limit: z.int().min(1).max(100).default(30),
});
export type LogCompareRequest = z.infer<typeof LogCompareRequest>;

/** Values that are more (or less) frequent inside than outside, the most telling first. */
export const LogCompareAnswer = z.object({
  /** Logs in the part, and in the rest. */
  inside: z.number(),
  outside: z.number(),
  values: z.array(
    z.object({
      label: z.string(),
      value: z.string(),
      inside: z.number(),
      outside: z.number(),
      /** The part's share of logs with this value minus the rest's, −1 to 1. */
      difference: z.number(),
    }),
  ),
  stats: StatsView,
});
export type LogCompareAnswer = z.infer<typeof LogCompareAnswer>;

/** `POST /query/logs/export`: all logs of a query as a file, streamed. A part ends after so many bytes or minutes; asked again with its last row as `after` it goes on, and is at its end when it has no rows. */
export const LogExportRequest = z.strictObject({
  ...Asked,
  direction: z.enum(['backward', 'forward']).default('backward'),
  format: z.enum(['csv', 'ndjson']).default('ndjson'),
  /** Labels that become columns of CSV, beside `timestamp`, `id`, `level`, `service` and `message`. */
  columns: z.array(Label).max(100).default([]),
  /** The last row that came: its `timestamp` and `id`. */
  after: z.strictObject({ timestamp: z.string().max(64), id: z.string().max(64) }).optional(),
});
export type LogExportRequest = z.infer<typeof LogExportRequest>;
