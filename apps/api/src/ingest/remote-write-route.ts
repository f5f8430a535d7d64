// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#protocol
import type { BodyForm } from './answer-style.ts';
import type { IngestRoute } from './ingest-route.ts';
import { PLAIN_STYLE, REMOTE_WRITE_2_STYLE } from './plain-style.ts';

const VERSION_1: BodyForm = { format: 'remote-write-1', protocol: 'remote-write', style: PLAIN_STYLE };
const VERSION_2: BodyForm = { format: 'remote-write-2', protocol: 'remote-write', style: REMOTE_WRITE_2_STYLE };

/** By the content type's `proto` parameter; without one it is 1.0. */
const FORMS: ReadonlyMap<string, BodyForm> = new Map([
  ['prometheus.WriteRequest', VERSION_1],
  ['io.prometheus.write.v2.Request', VERSION_2],
]);

/** `POST /api/v1/write`. */
export const REMOTE_WRITE_ROUTE: IngestRoute = {
  path: '/api/v1/write',
  signal: 'metrics',
  scope: 'metrics:write',
  crossOrigin: false,
  fallback: VERSION_1,
  takes: `application/x-protobuf with proto=${[...FORMS.keys()].join(' or proto=')}`,
  read: ({ mediaType, parameters }) => {
    const form = FORMS.get(parameters.get('proto') ?? 'prometheus.WriteRequest');
    return mediaType === 'application/x-protobuf' && form !== undefined ? { wire: 'snappy', form } : undefined;
  },
};
