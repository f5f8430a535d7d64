import { randomBytes } from 'node:crypto';

/** What identifies a service in its telemetry. */
export interface ServiceIdentity {
  readonly name: string;
  readonly version: string;
}

/** Where telemetry goes, and on whose behalf. */
export interface TelemetryTarget {
  /** The server's base URL. */
  readonly url: string;
  /** An ingest token. */
  readonly token: string;
}

/** OpenTelemetry's own variables: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
export function otelEnvironment({ name, version }: ServiceIdentity, target: TelemetryTarget): Record<string, string> {
  const resource = {
    'service.namespace': 'shop',
    'service.version': version,
    // Of each start another: counters of two processes must not become one.
    'service.instance.id': `${name}-${randomBytes(3).toString('hex')}`,
    'deployment.environment.name': 'production',
  };
  return {
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(resource)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    OTEL_EXPORTER_OTLP_ENDPOINT: target.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${target.token}`,
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_METRIC_EXPORT_INTERVAL: '15000',
    OTEL_METRIC_EXPORT_TIMEOUT: '10000',
    // Logs and spans of a request arrive together, a few seconds after it.
    OTEL_BSP_SCHEDULE_DELAY: '2000',
    OTEL_BLRP_SCHEDULE_DELAY: '2000',
    OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os',
    OTEL_SEMCONV_STABILITY_OPT_IN: 'http,database',
  };
}
