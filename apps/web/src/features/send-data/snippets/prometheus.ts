// https://prometheus.io/docs/prometheus/latest/configuration/configuration/#remote_write
import { lines, quoted, type SendWay } from './snippet.ts';

/** Prometheus itself. Older versions refuse a configuration with an option that they do not know, so the newer protocol is a text of its own. */
export const PROMETHEUS: SendWay = {
  id: 'prometheus',
  label: 'Prometheus',
  signals: ['metrics'],
  keyKind: 'token',
  scopes: ['metrics:write'],
  advice:
    'Add one of these to prometheus.yml and reload Prometheus. Version 3 can speak remote write 2.0, which also carries metadata with every series and the times at which counters began.',
  snippets: ({ http }, { secret }) => {
    const remoteWrite = lines(
      'remote_write:',
      `  - url: ${http}/api/v1/write`,
      '    authorization:',
      '      type: Bearer',
      `      credentials: ${quoted(secret)}`,
      '    send_exemplars: true',
      '    send_native_histograms: true',
    );
    return [
      { title: 'prometheus.yml, any version from 2.40', text: remoteWrite },
      {
        title: 'prometheus.yml, version 3',
        text: lines(remoteWrite, '    protobuf_message: io.prometheus.write.v2.Request'),
      },
    ];
  },
};
