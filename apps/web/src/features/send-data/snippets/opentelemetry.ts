// https://opentelemetry.io/docs/specs/otel/protocol/exporter/
import { lines, percentEncoded, quoted, type SendWay } from './snippet.ts';

const TELEMETRY = {
  signals: ['logs', 'metrics', 'traces'],
  keyKind: 'token',
  scopes: ['logs:write', 'metrics:write', 'traces:write'],
} as const;

/** Values of this variable are percent-encoded, so the blank after `Bearer` must be; gRPC takes lower-case names only. */
function headersVariable(token: string): string {
  return `export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20${percentEncoded(token)}"`;
}

const SERVICE = 'export OTEL_SERVICE_NAME="my-service"';

/** Any SDK of OpenTelemetry, over HTTP. */
export const OTEL_HTTP: SendWay = {
  id: 'otel-http',
  label: 'OpenTelemetry SDK, HTTP',
  ...TELEMETRY,
  advice:
    'Set these variables for the process that is instrumented. The SDK adds /v1/traces, /v1/metrics and /v1/logs to the endpoint by itself.',
  snippets: ({ http }, { secret }) => [
    {
      title: 'Environment',
      text: lines(
        SERVICE,
        'export OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf"',
        `export OTEL_EXPORTER_OTLP_ENDPOINT="${http}"`,
        headersVariable(secret),
      ),
    },
  ],
};

/** Any SDK of OpenTelemetry, over gRPC. */
export const OTEL_GRPC: SendWay = {
  id: 'otel-grpc',
  label: 'OpenTelemetry SDK, gRPC',
  ...TELEMETRY,
  advice:
    'Set these variables for the process that is instrumented. http:// means a connection without TLS; write https:// when a proxy in front of the port ends TLS.',
  snippets: ({ grpc }, { secret }) =>
    grpc === undefined
      ? []
      : [
          {
            title: 'Environment',
            text: lines(
              SERVICE,
              'export OTEL_EXPORTER_OTLP_PROTOCOL="grpc"',
              `export OTEL_EXPORTER_OTLP_ENDPOINT="${grpc}"`,
              headersVariable(secret),
            ),
          },
        ],
};

/** The Collector as a sender. */
export const OTEL_COLLECTOR: SendWay = {
  id: 'collector',
  label: 'OpenTelemetry Collector',
  ...TELEMETRY,
  advice:
    'Add the exporter to your configuration and name it in every pipeline that shall end here; receivers and processors stay yours. Before version 0.144 the exporters are called otlphttp and otlp.',
  snippets: ({ http, grpc }, { secret }) => [
    {
      title: 'Over HTTP',
      text: lines(
        'exporters:',
        '  otlp_http/aegisguard:',
        `    endpoint: ${http}`,
        '    headers:',
        `      authorization: ${quoted(`Bearer ${secret}`)}`,
        pipelines('otlp_http/aegisguard'),
      ),
    },
    ...(grpc === undefined
      ? []
      : [
          {
            title: 'Over gRPC',
            text: lines(
              'exporters:',
              '  otlp_grpc/aegisguard:',
              `    endpoint: ${grpc.replace('http://', '')}`,
              '    tls:',
              '      insecure: true',
              '    headers:',
              `      authorization: ${quoted(`Bearer ${secret}`)}`,
              pipelines('otlp_grpc/aegisguard'),
            ),
          },
        ]),
  ],
};

function pipelines(exporter: string): string {
  return lines(
    'service:',
    '  pipelines:',
    ...['traces', 'metrics', 'logs'].flatMap((signal) => [
      `    ${signal}:`,
      '      receivers: [otlp]',
      `      exporters: [${exporter}]`,
    ]),
  );
}
