import { z } from 'zod';
import { JsonObjectView, JsonValueView } from './api-json.ts';
import { RUM_EVENT_TYPES } from './rum-record.ts';
import { EVENT_SEVERITIES } from './security-event.ts';
import { SPAN_KINDS, SPAN_STATUSES } from './span-record.ts';

// The native bodies (contract §3), as documentation and the access test see them. The gateway has parsers of its own (`packages/protocols`), which judge record by record, take more than this and are a
// hundred times as fast: these schemas must not be used for parsing.

const Time = z
  .union([z.string(), z.number()])
  .describe('RFC 3339 or another usual form, or Unix s, ms, µs or ns. Without one: the time of receipt.');
const TraceIds = { traceId: z.string().max(255).optional(), spanId: z.string().max(255).optional() };

/** `POST /v1/logs`. */
export const NativeLogs = z.object({
  logs: z
    .array(
      z.looseObject({
        timestamp: Time.optional(),
        level: z.union([z.string(), z.number()]).optional(),
        service: z.string().min(1),
        message: z.string(),
        host: z.string().optional(),
        env: z.string().optional(),
        version: z.string().optional(),
        ...TraceIds,
        attributes: JsonObjectView.optional(),
        resource: JsonObjectView.optional(),
        ingestId: z
          .string()
          .max(255)
          .optional()
          .describe("The sender's name for the log: what comes again within 24 hours is stored once."),
      }),
    )
    .max(1000),
});

const MetricNumber = z.union([z.number(), z.enum(['NaN', '+Inf', '-Inf'])]);

/** `POST /v1/metrics`. */
export const NativeMetrics = z.object({
  metrics: z
    .array(
      z.object({
        name: z.string().min(1).max(1024),
        value: MetricNumber.optional().describe('Of a gauge or a counter.'),
        timestamp: Time.optional(),
        type: z.enum(['gauge', 'counter', 'histogram', 'summary']).optional(),
        labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
        unit: z.string().optional(),
        description: z.string().optional(),
        buckets: z.record(z.string(), z.number()).optional().describe('Of a histogram: counts up to each bound.'),
        quantiles: z.record(z.string(), MetricNumber).optional().describe('Of a summary.'),
        sum: MetricNumber.optional(),
        count: MetricNumber.optional(),
        exemplar: z
          .object({
            value: MetricNumber.optional(),
            timestamp: Time.optional(),
            ...TraceIds,
            labels: z.record(z.string(), z.string()).optional(),
          })
          .optional(),
      }),
    )
    .max(5000),
});

/** `POST /v1/traces`. */
export const NativeSpans = z.object({
  spans: z
    .array(
      z.object({
        traceId: z.string().max(255),
        spanId: z.string().max(255),
        parentSpanId: z.string().max(255).optional(),
        name: z.string().min(1),
        service: z.string().min(1),
        kind: z.enum(SPAN_KINDS).optional(),
        startTime: Time,
        endTime: Time.optional().describe('This or `durationMs`.'),
        durationMs: z.number().optional(),
        status: z.enum(SPAN_STATUSES).optional(),
        statusMessage: z.string().optional(),
        attributes: JsonObjectView.optional(),
        resource: JsonObjectView.optional(),
        events: z
          .array(z.object({ name: z.string(), timestamp: Time, attributes: JsonObjectView.optional() }))
          .optional(),
        links: z
          .array(z.object({ traceId: z.string(), spanId: z.string(), attributes: JsonObjectView.optional() }))
          .optional(),
      }),
    )
    .max(500),
});

/** `POST /v1/rum`. */
export const NativeRum = z.object({
  application: z.string().min(1),
  release: z.string().optional(),
  env: z.string().optional(),
  sessionId: z.string().min(1),
  userId: z.string().optional(),
  events: z
    .array(
      z.object({
        type: z.enum(RUM_EVENT_TYPES),
        timestamp: Time,
        viewId: z.string().optional(),
        url: z.string().optional(),
        name: z.string().optional(),
        value: z.number().optional(),
        durationMs: z.number().optional(),
        stack: z.string().optional(),
        attributes: JsonObjectView.optional(),
        data: JsonValueView.optional(),
      }),
    )
    .max(1000),
});

/** `POST /security-events/ingest`. */
export const NativeSecurityEvents = z.object({
  events: z
    .array(
      z.object({
        type: z.string().min(1).max(100),
        severity: z.enum(EVENT_SEVERITIES),
        timestamp: Time.optional(),
        actor: z.string().optional(),
        ip: z.string().optional(),
        target: z.string().optional(),
        message: z.string().optional(),
        attributes: JsonObjectView.optional(),
      }),
    )
    .max(1000),
});

/** The 202 of a native batch; `errors` has the first 20 records that were refused. */
export const NativeAnswer = z.object({
  accepted: z.number(),
  rejected: z.number(),
  ingestId: z.string(),
  errors: z.array(z.object({ index: z.number(), path: z.string(), message: z.string() })).optional(),
});
