import { verifyNativeLogs } from '@aegisguard/protocols';
import type { IngestRoute } from './ingest-route.ts';

/** `POST /v1/logs`, native JSON. */
export const NATIVE_LOG_ROUTE: IngestRoute = {
  path: '/v1/logs',
  signal: 'logs',
  scope: 'logs:write',
  format: 'native-json',
  mediaTypes: ['application/json'],
  retentionDays: (days) => days.logs,
  verify: verifyNativeLogs,
};
