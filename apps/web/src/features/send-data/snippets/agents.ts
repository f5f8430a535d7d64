// https://docs.fluentbit.io/manual/data-pipeline/outputs/opentelemetry and https://vector.dev/docs/reference/configuration/sinks/
import { lines, quoted, type SendWay } from './snippet.ts';

/** Fluent Bit, through its OpenTelemetry output. */
export const FLUENT_BIT: SendWay = {
  id: 'fluent-bit',
  label: 'Fluent Bit',
  signals: ['logs', 'metrics', 'traces'],
  keyKind: 'token',
  scopes: ['logs:write', 'metrics:write', 'traces:write'],
  advice:
    'Put your own inputs in place of the one shown. The processors name the service; without them its logs have none.',
  snippets: ({ host, port, isTls }, { secret }) => [
    {
      title: 'fluent-bit.yaml',
      text: lines(
        'pipeline:',
        '  inputs:',
        '    - name: tail',
        '      path: /var/log/my-service/*.log',
        '      key: message',
        '      processors:',
        '        logs:',
        '          - name: opentelemetry_envelope',
        '          - name: content_modifier',
        '            context: otel_resource_attributes',
        '            action: upsert',
        '            key: service.name',
        '            value: my-service',
        '  outputs:',
        '    - name: opentelemetry',
        "      match: '*'",
        `      host: ${host}`,
        `      port: ${port}`,
        `      tls: ${isTls ? 'on' : 'off'}`,
        '      logs_uri: /v1/logs',
        '      metrics_uri: /v1/metrics',
        '      traces_uri: /v1/traces',
        `      header: ${quoted(`Authorization Bearer ${secret}`)}`,
      ),
    },
  ],
};

/** Vector, through its sinks for Loki and remote write. */
export const VECTOR: SendWay = {
  id: 'vector',
  label: 'Vector',
  signals: ['logs', 'metrics'],
  keyKind: 'token',
  scopes: ['logs:write', 'metrics:write'],
  advice:
    'Name your own sources or transforms as inputs. The health checks ask for addresses that only a Loki or a Prometheus has, so they are off.',
  snippets: ({ http }, { secret }) => [
    {
      title: 'vector.yaml',
      text: lines(
        'sinks:',
        '  aegisguard_logs:',
        '    type: loki',
        '    inputs: [my_logs]',
        `    endpoint: ${http}`,
        '    labels:',
        '      service_name: my-service',
        '    encoding:',
        '      codec: json',
        ...auth(secret),
        '  aegisguard_metrics:',
        '    type: prometheus_remote_write',
        '    inputs: [my_metrics]',
        `    endpoint: ${http}/api/v1/write`,
        ...auth(secret),
      ),
    },
  ],
};

function auth(secret: string): string[] {
  return [
    '    auth:',
    '      strategy: bearer',
    `      token: ${quoted(secret)}`,
    '    healthcheck:',
    '      enabled: false',
  ];
}
