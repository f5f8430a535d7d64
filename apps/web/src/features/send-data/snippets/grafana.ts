// https://grafana.com/docs/alloy/latest/reference/components/ and https://grafana.com/docs/loki/latest/send-data/promtail/configuration/#clients
import { lines, quoted, type SendWay } from './snippet.ts';

/** Alloy: the three writers that its pipelines can end in. */
export const ALLOY: SendWay = {
  id: 'alloy',
  label: 'Grafana Alloy',
  signals: ['logs', 'metrics', 'traces'],
  keyKind: 'token',
  scopes: ['logs:write', 'metrics:write', 'traces:write'],
  advice:
    'Take the blocks for what you collect and forward your scrapers and receivers to prometheus.remote_write.aegisguard.receiver, loki.write.aegisguard.receiver or otelcol.exporter.otlphttp.aegisguard.input.',
  snippets: ({ http }, { secret }) => [
    {
      title: 'Metrics that Alloy scrapes',
      text: lines(
        'prometheus.remote_write "aegisguard" {',
        '  endpoint {',
        `    url                    = ${quoted(`${http}/api/v1/write`)}`,
        `    bearer_token           = ${quoted(secret)}`,
        '    send_native_histograms = true',
        '  }',
        '}',
      ),
    },
    {
      title: 'Logs that Alloy reads',
      text: lines(
        'loki.write "aegisguard" {',
        '  endpoint {',
        `    url          = ${quoted(`${http}/loki/api/v1/push`)}`,
        `    bearer_token = ${quoted(secret)}`,
        '  }',
        '}',
      ),
    },
    {
      title: 'OpenTelemetry that Alloy receives',
      text: lines(
        'otelcol.auth.bearer "aegisguard" {',
        `  token = ${quoted(secret)}`,
        '}',
        '',
        'otelcol.exporter.otlphttp "aegisguard" {',
        '  client {',
        `    endpoint = ${quoted(http)}`,
        '    auth     = otelcol.auth.bearer.aegisguard.handler',
        '  }',
        '}',
      ),
    },
  ],
};

/** Promtail, and whatever else takes the URL of a Loki. */
export const LOKI_CLIENT: SendWay = {
  id: 'loki',
  label: 'Promtail, Loki clients',
  signals: ['logs'],
  keyKind: 'token',
  scopes: ['logs:write'],
  advice:
    'Any client of Loki’s push API works: give it this URL and the token. The label service_name becomes the log’s service, structured metadata become attributes.',
  snippets: ({ http }, { key, secret }) => [
    {
      title: 'Promtail, config.yml',
      text: lines('clients:', `  - url: ${http}/loki/api/v1/push`, `    bearer_token: ${quoted(secret)}`),
    },
    {
      title: 'Clients that know only user and password',
      text: lines(`url:      ${http}/loki/api/v1/push`, `user:     ${key}`, `password: ${secret}`),
    },
  ],
};
