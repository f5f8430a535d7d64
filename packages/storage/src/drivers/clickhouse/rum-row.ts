import { type JsonValue, type RumEventType, type StoredRumEvent, unixNanos } from '@aegisguard/model';
import { ATTRIBUTE_ROW_COLUMNS, readAttributes } from './attribute-columns.ts';

/** What is selected of an event, in the order that `readRumRow` expects. Numbers as texts, for JSON has no NaN and no infinity. */
export const RUM_ROW_COLUMNS = [
  'toString(toUnixTimestamp64Nano(timestamp))',
  'UUIDNumToString(batch_id)',
  'batch_index',
  'type',
  'application',
  'release',
  'env',
  'session_id',
  'user_id',
  'view_id',
  'url',
  'name',
  'toString(value)',
  'toString(duration_ms)',
  'stack',
  ...ATTRIBUTE_ROW_COLUMNS,
  'data',
  'truncated',
].join(', ');

type RumRow = [
  timestamp: string,
  batchId: string,
  index: number,
  type: RumEventType,
  application: string,
  release: string,
  env: string,
  sessionId: string,
  userId: string,
  viewId: string,
  url: string,
  name: string,
  value: string,
  durationMs: string,
  stack: string,
  shape: string,
  facets: readonly string[],
  labelValues: readonly string[],
  data: string,
  truncated: boolean,
];

/** An event from a row of `RUM_ROW_COLUMNS`. */
export function readRumRow(row: readonly unknown[]): StoredRumEvent {
  const [timestamp, batchId, index, type, application, release, env, sessionId, userId, ...rest] =
    row as unknown as RumRow;
  const [viewId, url, name, value, durationMs, stack, shape, facets, labelValues, data, truncated] = rest;
  const { attributes, details, geo, userAgent } = readAttributes(shape, facets, labelValues);
  return {
    timestamp: unixNanos(BigInt(timestamp)),
    batchId,
    index,
    type,
    application,
    release,
    env,
    sessionId,
    userId,
    viewId,
    url,
    name,
    value: readNumber(value),
    durationMs: readNumber(durationMs),
    stack,
    attributes,
    details,
    geo,
    userAgent,
    data: JSON.parse(data) as JsonValue,
    truncated,
  };
}

/** A number as ClickHouse writes it: `nan`, `inf`, `-inf` or digits. */
function readNumber(text: string): number {
  switch (text) {
    case 'nan':
      return Number.NaN;
    case 'inf':
      return Number.POSITIVE_INFINITY;
    case '-inf':
      return Number.NEGATIVE_INFINITY;
    default:
      return Number(text);
  }
}
