import { DEFAULT_PRIVACY_POLICY, type LogRecord, nanosFromMs, parseOrgId } from '@aegisguard/model';
import { NO_GEO } from '../enrich/lookups.ts';
import { createUserAgentLookup } from '../enrich/user-agents.ts';
import { ScrubTally } from '../scrub/scrub-tally.ts';
import { createScrubber } from '../scrub/scrubber.ts';
import type { StageContext } from '../stage.ts';

const RECEIVED_AT_MS = 1_795_348_800_000;

/** What a stage is told of the batch in tests. */
export const sampleContext: StageContext = {
  envelope: {
    v: 1,
    orgId: parseOrgId('11111111-1111-4111-8111-111111111111'),
    signal: 'logs',
    format: 'native-json',
    batchId: '019ab000-0000-7000-8000-000000000000',
    keyId: 'key',
    receivedAtMs: RECEIVED_AT_MS,
    retentionDays: 30,
    accepted: 1,
    rejected: [],
    clientAddress: '203.0.113.7',
  },
  scrubber: createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32)),
  tally: new ScrubTally(),
  geo: NO_GEO,
  userAgents: createUserAgentLookup(),
};

/** A record as decoding leaves it, with some fields set. */
export function sampleRecord(fields: Partial<LogRecord>): LogRecord {
  return {
    timestamp: nanosFromMs(RECEIVED_AT_MS),
    level: 'info',
    severityNumber: 0,
    severityText: '',
    service: 'checkout',
    message: 'it works',
    host: '',
    env: '',
    version: '',
    traceId: '',
    spanId: '',
    scopeName: '',
    scopeVersion: '',
    attributes: {},
    resource: {},
    details: {},
    ingestId: '',
    geo: {},
    userAgent: {},
    truncated: false,
    index: 0,
    ...fields,
  };
}
