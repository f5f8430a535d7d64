import {
  boundAttributes,
  type EventSource,
  type JsonObject,
  type JsonValue,
  type SecurityEventRecord,
  type TextBounds,
} from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import type { EventWindow } from '../records/event-window.ts';
import { COLUMN_BYTES_MAX, MESSAGE_BYTES_MAX } from '../records/record-limits.ts';
import { fieldText } from './field-text.ts';
import { EVENT_FIELDS, readSeverity } from './native-event-fields.ts';
import { resolveTime } from './resolve-time.ts';
import { collectUndeclared } from './undeclared-fields.ts';

/**
 * Makes the record of one security event, taking the parsed object apart: it must not be used afterwards. Total: whatever JSON value the gateway accepted becomes a
 * record. The source is the caller's to say, never the event's; only the platform's own events stand for many.
 */
export function buildNativeEvent(
  value: JsonValue,
  place: {
    readonly index: number;
    readonly window: EventWindow;
    readonly bounds: TextBounds;
    readonly source: EventSource;
  },
): SecurityEventRecord {
  const { bounds, index, source, window } = place;
  const event: JsonObject = isJsonObject(value) ? value : {};
  bounds.truncated = false;
  const attributes = collectUndeclared(event, EVENT_FIELDS);
  const timestamp = resolveTime(event.timestamp, attributes, window);
  const text = (member: JsonValue | undefined, bytesMax = COLUMN_BYTES_MAX): string =>
    bounds.bound(fieldText(member, bytesMax), bytesMax);
  const record: SecurityEventRecord = {
    timestamp,
    type: text(event.type),
    severity: readSeverity(event.severity) ?? 'info',
    source,
    actor: text(event.actor),
    ip: text(event.ip),
    country: '',
    target: text(event.target),
    message: text(event.message, MESSAGE_BYTES_MAX),
    attributes: boundAttributes(attributes, bounds),
    details: {},
    occurrences: source === 'platform' ? countOf(attributes.count) : 1,
    truncated: false,
    index,
  };
  record.truncated = bounds.truncated;
  return record;
}

/** How many a folded event stands for. */
function countOf(count: JsonValue | undefined): number {
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 1;
}
