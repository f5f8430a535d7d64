import { z } from 'zod';
import { StatsView, TimeInput } from './api-logs.ts';

/** `POST /query/metrics` (contract §4): instant with `time`, range with `start`, `end` and `step`. */
export const MetricQueryRequest = z.strictObject({
  query: z.string().min(1).max(50_000),
  time: TimeInput.optional(),
  start: TimeInput.optional(),
  end: TimeInput.optional(),
  /** Seconds as a number, or a duration such as `1m`. */
  step: z.union([z.string().min(1).max(32), z.number().positive()]).optional(),
});
export type MetricQueryRequest = z.infer<typeof MetricQueryRequest>;

/** A label set as an object. */
export const LabelsView = z.record(z.string(), z.string());
/** Unix seconds, and the value as Prometheus writes it: `"NaN"` and `"+Inf"` are not JSON numbers. */
const SampleView = z.tuple([z.number(), z.string()]);
/** Boundary rule, lower bound, upper bound, count. */
const BucketView = z.tuple([z.number(), z.string(), z.string(), z.string()]);
const HistogramSampleView = z.tuple([
  z.number(),
  z.object({ count: z.string(), sum: z.string(), buckets: z.array(BucketView).optional() }),
]);

/** What a metric query evaluates to, with what may stand beside the result: https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats */
export function metricData<Beside extends z.ZodRawShape>(beside: Beside) {
  return z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('matrix'),
      result: z.array(
        z.object({
          metric: LabelsView,
          values: z.array(SampleView).optional(),
          histograms: z.array(HistogramSampleView).optional(),
        }),
      ),
      ...beside,
    }),
    z.object({
      resultType: z.literal('vector'),
      result: z.array(
        z.object({ metric: LabelsView, value: SampleView.optional(), histogram: HistogramSampleView.optional() }),
      ),
      ...beside,
    }),
    z.object({ resultType: z.literal('scalar'), result: SampleView, ...beside }),
    z.object({ resultType: z.literal('string'), result: SampleView, ...beside }),
  ]);
}

/** The answer to a metric query: Prometheus's, with `stats` beside its members. */
export const MetricAnswer = z.object({
  status: z.literal('success'),
  data: metricData({}),
  warnings: z.array(z.string()).optional(),
  infos: z.array(z.string()).optional(),
  stats: StatsView,
});
export type MetricAnswer = z.infer<typeof MetricAnswer>;
