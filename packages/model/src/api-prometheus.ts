// https://prometheus.io/docs/prometheus/latest/querying/api/
import { z } from 'zod';
import { LabelsView, metricData } from './api-metrics.ts';

const Query = z
  .string({ error: 'The parameter `query` is missing.' })
  .max(50_000, 'A query has at most 50,000 characters.');
const TimeText = z.string().max(128).describe('RFC 3339, or unix seconds with fractions.');
const DurationText = z.string().max(64).describe('Seconds, or a duration such as `1m`.');
const Count = (name: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `The parameter \`${name}\` is a whole number, 0 or more.`)
    .transform(Number)
    .pipe(z.number());
const Limit = Count('limit').optional().describe('At most so many; 0 for all that the server gives.');
const Selectors = z
  .union([z.string(), z.array(z.string()).max(100)], {
    error: 'Send the parameter `match[]`: a series selector, up to 100 of them.',
  })
  .transform((given) => [given].flat())
  .pipe(
    z
      .array(z.string())
      .refine(
        (given) => given.reduce((sum, { length }) => sum + length, 0) <= 50_000,
        'All `match[]` together have at most 50,000 characters.',
      ),
  );
const Range = { start: TimeText.optional(), end: TimeText.optional() };
const Evaluation = {
  query: Query,
  timeout: DurationText.optional(),
  limit: Limit,
  lookback_delta: DurationText.optional(),
  stats: z.string().max(32).optional().describe('With any value, e.g. `all`, the answer says what it took.'),
};

/** `query`: at one time, now if none is said. */
export const PrometheusQueryRequest = z.object({ ...Evaluation, time: TimeText.optional() });
export type PrometheusQueryRequest = z.infer<typeof PrometheusQueryRequest>;

/** `query_range`. */
export const PrometheusRangeRequest = z.object({
  ...Evaluation,
  start: TimeText.default(''),
  end: TimeText.default(''),
  step: DurationText.default(''),
});
export type PrometheusRangeRequest = z.infer<typeof PrometheusRangeRequest>;

/** `labels` and `label/…/values`: of all series, or of those that a selector selects. */
export const PrometheusNamesRequest = z.object({ 'match[]': Selectors.default([]), ...Range, limit: Limit });
export type PrometheusNamesRequest = z.infer<typeof PrometheusNamesRequest>;

/** `series`: at least one selector. */
export const PrometheusSeriesRequest = z.object({ 'match[]': Selectors, ...Range, limit: Limit });

/** The label of `label/…/values`; `U__…` is an escaped name: https://github.com/prometheus/proposals/blob/main/proposals/0028-utf8.md */
export const PrometheusLabelParams = z.strictObject({ name: z.string().max(4096) });

/** `metadata`. */
export const PrometheusMetadataRequest = z.object({
  metric: z.string().max(4096).optional(),
  limit: Limit,
  limit_per_metric: Count('limit_per_metric').optional(),
});
export type PrometheusMetadataRequest = z.infer<typeof PrometheusMetadataRequest>;

/** `query_exemplars`: of every series that the query selects. */
export const PrometheusExemplarsRequest = z.object({ query: Query, ...Range });
export type PrometheusExemplarsRequest = z.infer<typeof PrometheusExemplarsRequest>;

/** `format_query` and `parse_query`. */
export const PrometheusTextRequest = z.object({ query: Query });

/** `status/tsdb`: how long its lists are. */
export const PrometheusTsdbRequest = z.object({ limit: Limit });

/** `rules`. */
export const PrometheusRulesRequest = z.object({ type: z.enum(['', 'alert', 'record']).optional() });

function successOf<Data extends z.ZodType>(data: Data) {
  return z.object({
    status: z.literal('success'),
    data,
    warnings: z.array(z.string()).optional(),
    infos: z.array(z.string()).optional(),
  });
}

const EvaluationStats = z.object({
  /** Seconds. */
  timings: z.object({ evalTotalTime: z.number(), execTotalTime: z.number() }),
  samples: z.object({ totalQueryableSamples: z.number(), peakSamples: z.number() }),
});

/** The answer of `query` and `query_range`. */
export const PrometheusQueryAnswer = successOf(metricData({ stats: EvaluationStats.optional() }));

/** A list of names, of values or one text. */
export const PrometheusNamesAnswer = successOf(z.array(z.string()));

/** The answer of `series`. */
export const PrometheusSeriesAnswer = successOf(z.array(LabelsView));

/** The answer of `metadata`, by the metric's name. */
export const PrometheusMetadataAnswer = successOf(
  z.record(z.string(), z.array(z.object({ type: z.string(), help: z.string(), unit: z.string() }))),
);
export type PrometheusMetadataAnswer = z.infer<typeof PrometheusMetadataAnswer>;

/** The answer of `query_exemplars`; timestamps are unix seconds. */
export const PrometheusExemplarsAnswer = successOf(
  z.array(
    z.object({
      seriesLabels: LabelsView,
      exemplars: z.array(z.object({ labels: LabelsView, value: z.string(), timestamp: z.number() })),
    }),
  ),
);
export type PrometheusExemplarsAnswer = z.infer<typeof PrometheusExemplarsAnswer>;

/** The answer of `format_query`. */
export const PrometheusFormatAnswer = successOf(z.string());

/** The answer of `parse_query`: the syntax tree as Prometheus writes it; each node has a `type`. */
export const PrometheusParseAnswer = successOf(z.looseObject({ type: z.string() }));

const Counted = z.array(z.object({ name: z.string(), value: z.number() }));

/** The answer of `status/tsdb`. What a store of another make has not (chunks, an index in memory) is 0 and empty. */
export const PrometheusTsdbAnswer = successOf(
  z.object({
    headStats: z.object({
      numSeries: z.number(),
      numLabelPairs: z.number(),
      chunkCount: z.number(),
      /** Unix ms. */
      minTime: z.number(),
      maxTime: z.number(),
    }),
    seriesCountByMetricName: Counted,
    labelValueCountByLabelName: Counted,
    memoryInBytesByLabelName: Counted,
    seriesCountByLabelValuePair: Counted,
  }),
);
export type PrometheusTsdbAnswer = z.infer<typeof PrometheusTsdbAnswer>;

/** The answer of `status/buildinfo`: the version whose API and language this is. */
export const PrometheusBuildAnswer = successOf(
  z.object({
    version: z.string(),
    revision: z.string(),
    branch: z.string(),
    buildUser: z.string(),
    buildDate: z.string(),
    goVersion: z.string(),
  }),
);

/** The answer of `status/runtimeinfo`; what is not for clients to know is 0 or empty. */
export const PrometheusRuntimeAnswer = successOf(
  z.looseObject({ startTime: z.string(), reloadConfigSuccess: z.boolean() }),
);

/** The answer of `status/flags`. */
export const PrometheusFlagsAnswer = successOf(z.record(z.string(), z.string()));

/** The answer of `status/config`: an empty configuration, for nothing is scraped. */
export const PrometheusConfigAnswer = successOf(z.object({ yaml: z.string() }));

/** The answer of `targets`. */
export const PrometheusTargetsAnswer = successOf(
  z.object({
    activeTargets: z.array(z.looseObject({})),
    droppedTargets: z.array(z.looseObject({})),
    droppedTargetCounts: z.record(z.string(), z.number()),
  }),
);

/** The answer of `alertmanagers`. */
export const PrometheusAlertmanagersAnswer = successOf(
  z.object({
    activeAlertmanagers: z.array(z.object({ url: z.string() })),
    droppedAlertmanagers: z.array(z.object({ url: z.string() })),
  }),
);

/** The answer of `rules`. */
export const PrometheusRulesAnswer = successOf(z.object({ groups: z.array(z.looseObject({ name: z.string() })) }));

/** The answer of `alerts`. */
export const PrometheusAlertsAnswer = successOf(z.object({ alerts: z.array(z.looseObject({ labels: LabelsView })) }));

/** What every error under `/prometheus` looks like. */
export const PrometheusError = z.object({
  status: z.literal('error'),
  errorType: z.enum(['bad_data', 'execution', 'timeout', 'canceled', 'not_found', 'internal', 'unavailable']),
  error: z.string(),
});
export type PrometheusError = z.infer<typeof PrometheusError>;
