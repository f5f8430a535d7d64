// https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
import type { BodyForm } from './answer-style.ts';
import type { IngestRoute } from './ingest-route.ts';
import { PLAIN_STYLE } from './plain-style.ts';

const JSON_FORM: BodyForm = { format: 'loki-json', protocol: 'loki', style: PLAIN_STYLE };
const PROTOBUF_FORM: BodyForm = { format: 'loki-protobuf', protocol: 'loki', style: PLAIN_STYLE };

/** `POST /loki/api/v1/push`. */
export const LOKI_ROUTE: IngestRoute = {
  path: '/loki/api/v1/push',
  signal: 'logs',
  scope: 'logs:write',
  crossOrigin: false,
  fallback: JSON_FORM,
  takes: 'application/json or application/x-protobuf',
  read: ({ mediaType }) => {
    if (mediaType === 'application/x-protobuf') {
      return { wire: 'encoded-snappy', form: PROTOBUF_FORM };
    }
    return mediaType === '' || mediaType === 'application/json' ? { wire: 'encoded', form: JSON_FORM } : undefined;
  },
};
