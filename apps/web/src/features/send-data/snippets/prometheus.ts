// https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
import { lines, quoted, type SendWay } from './snippet.ts';

/** Prometheus itself. */
export const PROMETHEUS: SendWay = {
  id: 'prometheus',
  label: 'Prometheus',
  signals: ['metrics'],
  keyKind: 'token',
  scopes: ['metrics:write'],
  advice:
    'Add this to prometheus.yml and reload Prometheus. From version 3 on, the last line makes it speak remote write 2.0, which also carries metadata and the times at which counters began; older versions do without it.',
  snippets: ({ http }, { secret }) => [
    {
      title: 'prometheus.yml',
      text: lines(
        'remote_write:',
        `  - url: ${http}/api/v1/write`,
        '    authorization:',
        '      type: Bearer',
        `      credentials: ${quoted(secret)}`,
        '    send_exemplars: true',
        '    send_native_histograms: true',
        '    protobuf_message: io.prometheus.write.v2.Request',
      ),
    },
  ],
};
