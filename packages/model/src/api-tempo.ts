// https://grafana.com/docs/tempo/latest/api_docs/
import { z } from 'zod';

/** Parameters are texts here and read by the handler, as for Loki. */
const Text = z.string().max(128).optional();
const Query = z.string().max(20_000, 'A query has at most 20,000 characters.').optional();
const Times = {
  start: Text.describe('Unix seconds, milliseconds or nanoseconds, RFC 3339, or such as `now-1h`.'),
  end: Text.describe('The same; now if it is left out.'),
};
const Name = z.string().max(4096);

/** The trace of `traces/…`. */
export const TempoTraceParams = z.strictObject({ traceId: Name });

/** `traces/…`. */
export const TempoTraceRequest = z.object({
  start: Text.describe('Where both are given, a trace that lies outside is not found.'),
  end: Text,
});
export type TempoTraceRequest = z.infer<typeof TempoTraceRequest>;

/** `v2/traces/…`. */
export const TempoTraceV2Request = TempoTraceRequest.extend({
  q: Query.describe('One filter such as `{ status = error }`: only such spans are told.'),
  keep_hierarchy: Text.describe('`false`: without the spans above those.'),
});
export type TempoTraceV2Request = z.infer<typeof TempoTraceV2Request>;

/** `search`. */
export const TempoSearchRequest = z.object({
  q: Query.describe('TraceQL.'),
  tags: Query.describe('Instead of `q`: logfmt; each value is part of an attribute’s value, whatever its case.'),
  minDuration: Text.describe('With `tags`: of the trace, such as `100ms`.'),
  maxDuration: Text,
  limit: Text.describe('20 if it is left out.'),
  spss: Text.describe('Spans that are told of each spanset; 3 if it is left out.'),
  ...Times,
});
export type TempoSearchRequest = z.infer<typeof TempoSearchRequest>;

/** `search/tags` and `v2/search/tags`. */
export const TempoTagsRequest = z.object({
  scope: Text.describe('`resource`, `span`, `event`, `link`, `instrumentation` or `intrinsic`; all if it is left out.'),
  q: Query.describe('Only names that such spans have.'),
  limit: Text.describe('Names of each scope.'),
  ...Times,
});
export type TempoTagsRequest = z.infer<typeof TempoTagsRequest>;

/** The tag of `search/tag/…/values`. */
export const TempoTagParams = z.strictObject({ tag: Name });

/** `search/tag/…/values` and `v2/search/tag/…/values`. */
export const TempoValuesRequest = z.object({
  q: Query.describe('Only values that such spans have; what of it is not finished is left out.'),
  limit: Text,
  ...Times,
});
export type TempoValuesRequest = z.infer<typeof TempoValuesRequest>;

const MetricsQuery = {
  q: Query.describe('TraceQL that answers with series.'),
  query: Query.describe('The same.'),
  since: Text.describe('A duration, instead of `start` and `end`; an hour if all are left out.'),
  ...Times,
};

/** `metrics/query`. */
export const TempoInstantRequest = z.object(MetricsQuery);
export type TempoInstantRequest = z.infer<typeof TempoInstantRequest>;

/** `metrics/query_range`. */
export const TempoRangeRequest = z.object({
  ...MetricsQuery,
  step: Text.describe('A duration, or seconds.'),
  exemplars: Text.describe('Of each series, at most 100.'),
});
export type TempoRangeRequest = z.infer<typeof TempoRangeRequest>;

const Int64 = z.string().describe('64 bits, as a text.');
const AnyValue = z.looseObject({}).describe('`AnyValue` of OpenTelemetry.');
const KeyValue = z.object({ key: z.string(), value: AnyValue });
const ResourceSpans = z.looseObject({}).describe('`ResourceSpans` of OpenTelemetry.');
const Read = z.object({ inspectedBytes: Int64 });

/** The answer of `traces/…`. */
export const TempoTraceAnswer = z.object({ batches: z.array(ResourceSpans) });

/** The answer of `v2/traces/…`. */
export const TempoTraceV2Answer = z.object({
  trace: z.object({ resourceSpans: z.array(ResourceSpans) }),
  metrics: Read,
  status: z.literal('PARTIAL').optional(),
  message: z.string().optional(),
});

const SpanSet = z.object({
  spans: z.array(
    z.object({
      spanID: z.string(),
      name: z.string(),
      startTimeUnixNano: Int64,
      durationNanos: Int64,
      attributes: z.array(KeyValue),
    }),
  ),
  matched: z.number(),
  attributes: z.array(KeyValue).optional(),
});

/** The answer of `search`. */
export const TempoSearchAnswer = z.object({
  traces: z.array(
    z.object({
      traceID: z.string(),
      rootServiceName: z.string(),
      rootTraceName: z.string(),
      startTimeUnixNano: Int64,
      durationMs: z.number(),
      spanSet: SpanSet.optional().describe('The first of them.'),
      spanSets: z.array(SpanSet).optional(),
    }),
  ),
  metrics: z.object({ inspectedTraces: z.number(), inspectedSpans: Int64, inspectedBytes: Int64 }),
});

/** The answer of `search/tags`. */
export const TempoTagsAnswer = z.object({ tagNames: z.array(z.string()), metrics: Read });

/** The answer of `v2/search/tags`. */
export const TempoTagsV2Answer = z.object({
  scopes: z.array(z.object({ name: z.string(), tags: z.array(z.string()) })),
  metrics: Read,
});

/** The answer of `search/tag/…/values`. */
export const TempoValuesAnswer = z.object({ tagValues: z.array(z.string()), metrics: Read });

/** The answer of `v2/search/tag/…/values`. */
export const TempoValuesV2Answer = z.object({
  tagValues: z.array(
    z.object({ type: z.enum(['string', 'int', 'float', 'bool', 'duration', 'keyword']), value: z.string() }),
  ),
  metrics: Read,
});

const Labels = { labels: z.array(KeyValue), promLabels: z.string().describe('The same as Prometheus writes them.') };

/** The answer of `metrics/query_range`. */
export const TempoRangeAnswer = z.object({
  series: z.array(
    z.object({
      ...Labels,
      samples: z.array(z.object({ timestampMs: Int64, value: z.number() })),
      exemplars: z.array(z.object({ labels: z.array(KeyValue), value: z.number(), timestampMs: Int64 })).optional(),
    }),
  ),
  metrics: Read,
});

/** The answer of `metrics/query`. */
export const TempoInstantAnswer = z.object({
  series: z.array(z.object({ ...Labels, value: z.number() })),
  metrics: Read,
});

/** The answer of `status/buildinfo`. */
export const TempoBuildAnswer = z.object({
  version: z.string(),
  revision: z.string(),
  branch: z.string(),
  buildDate: z.string(),
  buildUser: z.string(),
  goVersion: z.string(),
});
