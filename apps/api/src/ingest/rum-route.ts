import type { BodyForm } from './answer-style.ts';
import type { IngestRoute } from './ingest-route.ts';
import { NATIVE_STYLE } from './native-style.ts';

const FORM: BodyForm = { format: 'native-json', protocol: 'native', style: NATIVE_STYLE };
/** `sendBeacon` can send nothing else without a preflight, which a page that is being left does not live to see. */
const MEDIA_TYPES = ['', 'application/json', 'text/plain'];

/** `POST /v1/rum`, from browsers mostly. */
export const RUM_ROUTE: IngestRoute = {
  path: '/v1/rum',
  signal: 'rum',
  scope: 'rum:write',
  crossOrigin: true,
  fallback: FORM,
  takes: 'application/json or text/plain',
  read: ({ mediaType }) => (MEDIA_TYPES.includes(mediaType) ? { wire: 'encoded', form: FORM } : undefined),
};
