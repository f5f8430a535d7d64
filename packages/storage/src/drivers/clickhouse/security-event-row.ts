import { type EventSeverity, type EventSource, type StoredSecurityEvent, unixNanos } from '@aegisguard/model';
import { ATTRIBUTE_ROW_COLUMNS, readAttributes } from './attribute-columns.ts';

/** What is selected of an event, in the order that `readSecurityEventRow` expects. */
export const SECURITY_EVENT_ROW_COLUMNS = [
  'toString(toUnixTimestamp64Nano(timestamp))',
  'UUIDNumToString(batch_id)',
  'batch_index',
  'type',
  'severity',
  'source',
  'actor',
  'ip',
  'country',
  'target',
  'message',
  ...ATTRIBUTE_ROW_COLUMNS,
  'toString(occurrences)',
  'truncated',
].join(', ');

type SecurityEventRow = [
  timestamp: string,
  batchId: string,
  index: number,
  type: string,
  severity: EventSeverity,
  source: EventSource,
  actor: string,
  ip: string,
  country: string,
  target: string,
  message: string,
  shape: string,
  facets: readonly string[],
  labelValues: readonly string[],
  occurrences: string,
  truncated: boolean,
];

/** An event from a row of `SECURITY_EVENT_ROW_COLUMNS`. */
export function readSecurityEventRow(row: readonly unknown[]): StoredSecurityEvent {
  const [timestamp, batchId, index, type, severity, source, actor, ip, country, ...rest] =
    row as unknown as SecurityEventRow;
  const [target, message, shape, facets, labelValues, occurrences, truncated] = rest;
  const { attributes, details } = readAttributes(shape, facets, labelValues);
  return {
    timestamp: unixNanos(BigInt(timestamp)),
    batchId,
    index,
    type,
    severity,
    source,
    actor,
    ip,
    country,
    target,
    message,
    attributes,
    details,
    occurrences: Number(occurrences),
    truncated,
  };
}
