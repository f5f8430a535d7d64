import { type LogLevel, type StoredLog, unixNanos } from '@aegisguard/model';
import { ATTRIBUTE_ROW_COLUMNS, readAttributes } from './attribute-columns.ts';

/** What is selected of a log, in the order that `readLogRow` expects. */
export const LOG_ROW_COLUMNS = [
  'toString(toUnixTimestamp64Nano(timestamp))',
  'UUIDNumToString(batch_id)',
  'batch_index',
  'level',
  'severity_number',
  'severity_text',
  'service',
  'message',
  'host',
  'env',
  'version',
  'trace_id',
  'span_id',
  'scope_name',
  'scope_version',
  ...ATTRIBUTE_ROW_COLUMNS,
  'ingest_id',
  'truncated',
].join(', ');

type LogRow = [
  timestamp: string,
  batchId: string,
  index: number,
  level: LogLevel,
  severityNumber: number,
  severityText: string,
  service: string,
  message: string,
  host: string,
  env: string,
  version: string,
  traceId: string,
  spanId: string,
  scopeName: string,
  scopeVersion: string,
  shape: string,
  facets: readonly string[],
  labelValues: readonly string[],
  ingestId: string,
  truncated: boolean,
];

/** A log from a row of `LOG_ROW_COLUMNS`. */
export function readLogRow(row: readonly unknown[]): StoredLog {
  const [timestamp, batchId, index, level, severityNumber, severityText, service, message, host, ...rest] =
    row as unknown as LogRow;
  const [env, version, traceId, spanId, scopeName, scopeVersion, shape, facets, labelValues, ingestId, truncated] =
    rest;
  return {
    position: { timestamp: unixNanos(BigInt(timestamp)), batchId, index },
    level,
    severityNumber,
    severityText,
    service,
    message,
    host,
    env,
    version,
    traceId,
    spanId,
    scopeName,
    scopeVersion,
    ...readAttributes(shape, facets, labelValues),
    ingestId,
    truncated,
  };
}
