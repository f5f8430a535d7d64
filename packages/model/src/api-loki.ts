// https://grafana.com/docs/loki/latest/reference/loki-http-api/
import { z } from 'zod';

/** Parameters are texts here and read by the handler: what Loki says of a wrong one, clients know. */
const Text = z.string().max(128).optional();
const Query = z
  .string({ error: 'The parameter `query` is missing.' })
  .max(20_000, 'A query has at most 20,000 characters.');
const Times = {
  start: Text.describe(
    'Unix nanoseconds, seconds with fractions, or RFC 3339; `since` before the end if it is left out.',
  ),
  end: Text.describe('The same; now if it is left out.'),
  since: Text.describe('A duration; an hour if it is left out.'),
};
const Selector = z
  .string()
  .max(20_000)
  .default('')
  .describe('A log query whose labels are meant; all if it is left out.');

/** `query`: a metric query at one time. */
export const LokiQueryRequest = z.object({ query: Query, time: Text, limit: Text, direction: Text });
export type LokiQueryRequest = z.infer<typeof LokiQueryRequest>;

/** `query_range`. */
export const LokiRangeRequest = z.object({
  query: Query,
  ...Times,
  limit: Text,
  direction: Text,
  step: Text.describe('Seconds, or a duration.'),
  interval: Text.describe('For log queries: the least time between two lines.'),
});
export type LokiRangeRequest = z.infer<typeof LokiRangeRequest>;

/** `labels` and `label/…/values`. */
export const LokiNamesRequest = z.object({ ...Times, query: Selector });
export type LokiNamesRequest = z.infer<typeof LokiNamesRequest>;

/** The label of `label/…/values`, or the field of `detected_field/…/values`. */
export const LokiNameParams = z.strictObject({ name: z.string().max(4096) });

const Selectors = z
  .union([z.string().max(20_000), z.array(z.string().max(20_000)).max(100)])
  .transform((given) => [given].flat())
  .pipe(z.array(z.string()))
  .optional();

/** `series`: both spellings of the parameter are known. */
export const LokiSeriesRequest = z.object({ ...Times, match: Selectors, 'match[]': Selectors });
export type LokiSeriesRequest = z.infer<typeof LokiSeriesRequest>;

/** `index/stats`. */
export const LokiStatsRequest = z.object({ query: Query, ...Times });
export type LokiStatsRequest = z.infer<typeof LokiStatsRequest>;

/** `index/volume` and `index/volume_range`. */
export const LokiVolumeRequest = z.object({
  query: Query,
  ...Times,
  limit: Text,
  step: Text,
  targetLabels: z
    .string()
    .max(4096)
    .optional()
    .describe('Labels to add up by, with commas between them; those of the selector if they are left out.'),
  aggregateBy: z.string().max(16).optional().describe('`series`.'),
});
export type LokiVolumeRequest = z.infer<typeof LokiVolumeRequest>;

/** `tail`. */
export const LokiTailRequest = z.object({
  query: Query,
  start: Text.describe('Lines that are stored since come first; an hour ago if it is left out.'),
  limit: Text.describe('How many of these at most, the newest.'),
  delay_for: Text.describe('Seconds by which lines are held back, at most 5.'),
});

/** `patterns`. */
export const LokiPatternsRequest = z.object({ query: Query, ...Times, step: Text });
export type LokiPatternsRequest = z.infer<typeof LokiPatternsRequest>;

/** `detected_labels`. */
export const LokiDetectedLabelsRequest = z.object({ query: Selector, ...Times });

/** `detected_fields` and `detected_field/…/values`. */
export const LokiDetectedFieldsRequest = z.object({ query: Query, ...Times, limit: Text, line_limit: Text });
export type LokiDetectedFieldsRequest = z.infer<typeof LokiDetectedFieldsRequest>;

/** `format_query`. */
export const LokiFormatRequest = z.object({ query: Query });

const LabelsView = z.record(z.string(), z.string());
const success = <Data extends z.ZodType>(data: Data) => z.object({ status: z.literal('success'), data });
const Point = z.tuple([z.number(), z.string()]).describe('Unix seconds, and the value as a text.');
const Stats = z.looseObject({}).describe('What it took; `summary` has the whole.');
const LineMetadata = z.object({ structuredMetadata: LabelsView.optional(), parsed: LabelsView.optional() });
const Line = z.union([z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string(), LineMetadata])]);

const Vector = z.object({
  resultType: z.literal('vector'),
  result: z.array(z.object({ metric: LabelsView, value: Point })),
  stats: Stats,
});
const Matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: LabelsView, values: z.array(Point) })),
  stats: Stats,
});
const Scalar = z.object({ resultType: z.literal('scalar'), result: Point, stats: Stats });
const Streams = z.object({
  resultType: z.literal('streams'),
  result: z.array(
    z.object({
      stream: LabelsView,
      values: z
        .array(Line)
        .describe('Unix nanoseconds as a text, and the line; the third is there with `categorize-labels`.'),
    }),
  ),
  encodingFlags: z.array(z.string()).optional(),
  stats: Stats,
});

/** The answer of `query` and `query_range`. */
export const LokiQueryAnswer = success(z.discriminatedUnion('resultType', [Streams, Vector, Matrix, Scalar]));

/** The answer of `labels` and `label/…/values`. */
export const LokiNamesAnswer = success(z.array(z.string()));

/** The answer of `series`. */
export const LokiSeriesAnswer = success(z.array(LabelsView));

/** The answer of `index/stats`. */
export const LokiStatsAnswer = z.object({
  streams: z.number(),
  chunks: z.number(),
  entries: z.number(),
  bytes: z.number(),
});

/** The answer of `index/volume` and `index/volume_range`. */
export const LokiVolumeAnswer = success(z.discriminatedUnion('resultType', [Vector, Matrix]));

/** The answer of `patterns`: per pattern the unix seconds and counts. */
export const LokiPatternsAnswer = success(
  z.array(z.object({ pattern: z.string(), level: z.string(), samples: z.array(z.tuple([z.number(), z.number()])) })),
);

/** The answer of `detected_labels`. */
export const LokiDetectedLabelsAnswer = z.object({
  detectedLabels: z.array(z.object({ label: z.string(), cardinality: z.number() })),
});

/** The answer of `detected_fields`. */
export const LokiDetectedFieldsAnswer = z.object({
  fields: z.array(
    z.object({
      label: z.string(),
      type: z.enum(['string', 'int', 'float', 'boolean', 'duration', 'bytes']),
      cardinality: z.number(),
      parsers: z.array(z.string()).nullable(),
      jsonPath: z.array(z.string()).optional(),
    }),
  ),
  limit: z.number(),
});

/** The answer of `detected_field/…/values`. */
export const LokiDetectedValuesAnswer = z.object({ values: z.array(z.string()), limit: z.number() });

/** The answer of `format_query`. */
export const LokiFormatAnswer = success(z.string());

/** The answer of `status/buildinfo`. */
export const LokiBuildAnswer = z.object({
  version: z.string(),
  revision: z.string(),
  branch: z.string(),
  buildDate: z.string(),
  buildUser: z.string(),
  goVersion: z.string(),
});
