import {
  NativeAnswer,
  NativeLogs,
  NativeMetrics,
  NativeRum,
  NativeSecurityEvents,
  NativeSpans,
} from '../api-native.ts';
import { defineRoute } from './route.ts';

const tag = 'Sending';
const SIGNED =
  'Signed, with a token, or (for `/v1/rum`) from a page with a browser key. `Content-Encoding` is `gzip`, `deflate`, `zstd` or `br`; `x-idempotency-key` makes repeats safe for 24 hours.';
const PROBLEMS = [
  'invalid-json',
  'invalid-body',
  'invalid-encoding',
  'invalid-idempotency-key',
  'unauthorized',
  'forbidden',
  'idempotency-in-progress',
  'body-too-large',
  'batch-too-large',
  'unsupported-media-type',
  'unsupported-encoding',
  'idempotency-mismatch',
  'rate-limited',
  'queue-full',
  'unavailable',
] as const;

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp */
function otlp(message: string) {
  const text = `OTLP's \`${message}Request\`; errors are OTLP's \`Status\`.`;
  const answer = { description: `OTLP's \`${message}Response\`, in the request's own form`, answer: null };
  return {
    takes: { 'application/x-protobuf': `${text} As JSON it is told apart by its members.` },
    otherAnswers: { 200: answer },
  } as const;
}

/** Where telemetry is sent. The gateway serves these itself: signatures are over the raw bytes, and its checks come before the body is read. */
export const INGEST_ROUTES = {
  sendLogs: defineRoute({
    id: 'sendLogs',
    method: 'POST',
    path: '/v1/logs',
    tag,
    summary: 'Logs: native JSON, or OTLP as JSON or protobuf',
    description: SIGNED,
    access: { kind: 'ingest', scope: 'logs:write' },
    effect: 'ingest',
    body: NativeLogs,
    answer: NativeAnswer,
    status: 202,
    problems: PROBLEMS,
    ...otlp('ExportLogsService'),
  }),
  sendMetrics: defineRoute({
    id: 'sendMetrics',
    method: 'POST',
    path: '/v1/metrics',
    tag,
    summary: 'Metrics: native JSON, or OTLP as JSON or protobuf',
    description: SIGNED,
    access: { kind: 'ingest', scope: 'metrics:write' },
    effect: 'ingest',
    body: NativeMetrics,
    answer: NativeAnswer,
    status: 202,
    problems: PROBLEMS,
    ...otlp('ExportMetricsService'),
  }),
  sendSpans: defineRoute({
    id: 'sendSpans',
    method: 'POST',
    path: '/v1/traces',
    tag,
    summary: 'Spans: native JSON, or OTLP as JSON or protobuf',
    description: SIGNED,
    access: { kind: 'ingest', scope: 'traces:write' },
    effect: 'ingest',
    body: NativeSpans,
    answer: NativeAnswer,
    status: 202,
    problems: PROBLEMS,
    ...otlp('ExportTraceService'),
  }),
  sendRum: defineRoute({
    id: 'sendRum',
    method: 'POST',
    path: '/v1/rum',
    tag,
    summary: 'What a browser saw: native JSON, also as text/plain (sendBeacon)',
    description: SIGNED,
    access: { kind: 'ingest', scope: 'rum:write' },
    effect: 'ingest',
    body: NativeRum,
    takes: { 'text/plain': 'The same JSON, as `navigator.sendBeacon` sends it.' },
    answer: NativeAnswer,
    status: 202,
    problems: PROBLEMS,
  }),
  sendSecurityEvents: defineRoute({
    id: 'sendSecurityEvents',
    method: 'POST',
    path: '/security-events/ingest',
    tag,
    summary: "Security events of the organization's own systems",
    description: SIGNED,
    access: { kind: 'ingest', scope: 'events:write' },
    effect: 'ingest',
    body: NativeSecurityEvents,
    answer: NativeAnswer,
    status: 202,
    problems: PROBLEMS,
  }),
  remoteWrite: defineRoute({
    id: 'remoteWrite',
    method: 'POST',
    path: '/api/v1/write',
    tag,
    summary: 'Prometheus remote write 1.0 and 2.0; errors are plain text',
    access: { kind: 'ingest', scope: 'metrics:write' },
    effect: 'ingest',
    takes: {
      'application/x-protobuf':
        '`prometheus.WriteRequest` or, with `proto=io.prometheus.write.v2.Request`, that of 2.0; a snappy block.',
    },
    answer: null,
    status: 204,
    problems: PROBLEMS,
  }),
  lokiPush: defineRoute({
    id: 'lokiPush',
    method: 'POST',
    path: '/loki/api/v1/push',
    tag,
    summary: 'Loki push; errors are plain text',
    access: { kind: 'ingest', scope: 'logs:write' },
    effect: 'ingest',
    takes: {
      'application/json': "Loki's `streams`.",
      'application/x-protobuf': '`logproto.PushRequest`; a snappy block.',
    },
    answer: null,
    status: 204,
    problems: PROBLEMS,
  }),
} as const;
