import type { BodyForm } from './answer-style.ts';
import type { IngestRoute } from './ingest-route.ts';
import { NATIVE_STYLE } from './native-style.ts';

const FORM: BodyForm = { format: 'native-json', protocol: 'native', style: NATIVE_STYLE };

/** `POST /security-events/ingest`: security events of the organization's own systems. */
export const EVENTS_ROUTE: IngestRoute = {
  path: '/security-events/ingest',
  signal: 'events',
  scope: 'events:write',
  crossOrigin: false,
  fallback: FORM,
  takes: 'application/json',
  read: ({ mediaType }) =>
    mediaType === '' || mediaType === 'application/json' ? { wire: 'encoded', form: FORM } : undefined,
};
