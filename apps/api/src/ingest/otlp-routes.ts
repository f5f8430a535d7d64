// https://opentelemetry.io/docs/specs/otlp/
import type { Signal } from '@aegisguard/model';
import { detectJsonFormat } from '@aegisguard/protocols';
import type { BodyForm } from './answer-style.ts';
import type { ContentType } from './content-type.ts';
import type { IngestRoute, Reading } from './ingest-route.ts';
import { NATIVE_STYLE } from './native-style.ts';
import { otlpStyle } from './otlp-style.ts';

/** The three signals that come natively or as OTLP on the same path. */
const SHARED = [
  ['logs', 'resourceLogs'],
  ['metrics', 'resourceMetrics'],
  ['traces', 'resourceSpans'],
] as const satisfies readonly (readonly [Signal, string])[];

const NATIVE: BodyForm = { format: 'native-json', protocol: 'native', style: NATIVE_STYLE };
const OTLP_JSON: BodyForm = { format: 'otlp-json', protocol: 'otlp-http', style: otlpStyle('json') };
const OTLP_PROTOBUF: BodyForm = { format: 'otlp-protobuf', protocol: 'otlp-http', style: otlpStyle('protobuf') };
/** On OTLP's own port errors are its Status even to a native body. */
const NATIVE_AMONG_OTLP: BodyForm = { ...NATIVE, style: { ...NATIVE_STYLE, failed: OTLP_JSON.style.failed } };

/** An object without members is a native body without its array, but a whole OTLP request. Longer ones are not looked at. */
const EMPTY_BYTES_MAX = 64;
const EMPTY_OBJECT = /^\s*\{\s*\}\s*$/;

/** Where native JSON and OTLP share a path: what JSON is, its members tell. */
export const SHARED_ROUTES: readonly IngestRoute[] = SHARED.map(([signal, member]) => ({
  ...routeOf(signal),
  fallback: NATIVE,
  read: readBy({
    wire: 'encoded',
    form: NATIVE,
    formOf: (body) => (detectJsonFormat(body, member) === 'otlp-json' ? OTLP_JSON : NATIVE),
  }),
}));

/** The same on OTLP's own port. */
export const OTLP_PORT_ROUTES: readonly IngestRoute[] = SHARED.map(([signal, member]) => ({
  ...routeOf(signal),
  fallback: OTLP_JSON,
  read: readBy({
    wire: 'encoded',
    form: OTLP_JSON,
    formOf: (body) =>
      isEmptyObject(body) || detectJsonFormat(body, member) === 'otlp-json' ? OTLP_JSON : NATIVE_AMONG_OTLP,
  }),
}));

/** The gRPC services; https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto/collector */
export const OTLP_GRPC_ROUTES: readonly IngestRoute[] = (
  [
    ['logs', 'logs.v1.LogsService'],
    ['metrics', 'metrics.v1.MetricsService'],
    ['traces', 'trace.v1.TraceService'],
  ] as const
).map(([signal, service]) => {
  const form: BodyForm = { ...OTLP_PROTOBUF, protocol: 'otlp-grpc' };
  const path = `/opentelemetry.proto.collector.${service}/Export`;
  return { ...routeOf(signal), path, fallback: form, read: () => ({ wire: 'encoded', form }) };
});

function routeOf(signal: 'logs' | 'metrics' | 'traces') {
  return {
    path: `/v1/${signal}`,
    signal,
    scope: `${signal}:write`,
    crossOrigin: false,
    takes: 'application/json or application/x-protobuf',
  } as const;
}

function readBy(json: Reading): (contentType: ContentType) => Reading | undefined {
  return ({ mediaType }) => {
    if (mediaType === 'application/x-protobuf') {
      return { wire: 'encoded', form: OTLP_PROTOBUF };
    }
    return mediaType === '' || mediaType === 'application/json' ? json : undefined;
  };
}

function isEmptyObject(body: Uint8Array): boolean {
  return body.length <= EMPTY_BYTES_MAX && EMPTY_OBJECT.test(Buffer.from(body).toString('latin1'));
}
