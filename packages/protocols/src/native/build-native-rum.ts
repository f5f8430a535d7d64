import {
  boundAttributes,
  type JsonObject,
  type JsonValue,
  type RumRecord,
  setMember,
  type TextBounds,
} from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import { cloneJson } from '../records/clone-json.ts';
import type { EventWindow } from '../records/event-window.ts';
import { COLUMN_BYTES_MAX, RUM_STACK_BYTES_MAX, RUM_TEXT_BYTES_MAX } from '../records/record-limits.ts';
import { fieldText } from './field-text.ts';
import { RUM_EVENT_FIELDS, readRumType, undeclaredHeader } from './native-rum-fields.ts';
import { resolveTime } from './resolve-time.ts';
import { collectUndeclared } from './undeclared-fields.ts';

/** What the events of a body have in common. */
export class RumHeader {
  readonly application: string;
  readonly release: string;
  readonly env: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly truncated: boolean;
  readonly #rest: JsonObject;

  constructor(header: JsonObject, bounds: TextBounds) {
    bounds.truncated = false;
    const column = (member: JsonValue | undefined): string =>
      bounds.bound(fieldText(member, COLUMN_BYTES_MAX), COLUMN_BYTES_MAX);
    this.application = column(header.application);
    this.release = column(header.release);
    this.env = column(header.env);
    this.sessionId = column(header.sessionId);
    this.userId = column(header.userId);
    this.#rest = boundAttributes(undeclaredHeader(header), bounds);
    this.truncated = bounds.truncated;
  }

  /** Adds the members of the body that are no fields to an event's attributes, which win. */
  addRest(attributes: JsonObject): void {
    for (const key in this.#rest) {
      if (!Object.hasOwn(attributes, key)) {
        const value = this.#rest[key] ?? null;
        setMember(attributes, key, cloneJson({ value }).value ?? null);
      }
    }
  }
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN;
}

/**
 * Makes the record of one RUM event, taking the parsed object apart: it must not be used afterwards. Total: whatever JSON value the gateway accepted becomes a record,
 * even one that `checkNativeRum` of this version would refuse.
 */
export function buildNativeRumEvent(
  value: JsonValue,
  header: RumHeader,
  place: { readonly index: number; readonly window: EventWindow; readonly bounds: TextBounds },
): RumRecord {
  const { index, window, bounds } = place;
  const event: JsonObject = isJsonObject(value) ? value : {};
  bounds.truncated = header.truncated;
  const attributes = collectUndeclared(event, RUM_EVENT_FIELDS);
  header.addRest(attributes);
  const timestamp = resolveTime(event.timestamp, attributes, window);
  const text = (member: JsonValue | undefined, bytesMax: number): string =>
    bounds.bound(fieldText(member, bytesMax), bytesMax);
  const record: RumRecord = {
    timestamp,
    type: readRumType(event.type) ?? 'action',
    application: header.application,
    release: header.release,
    env: header.env,
    sessionId: header.sessionId,
    userId: header.userId,
    viewId: text(event.viewId, COLUMN_BYTES_MAX),
    url: text(event.url, RUM_TEXT_BYTES_MAX),
    name: text(event.name, RUM_TEXT_BYTES_MAX),
    value: numberOf(event.value),
    durationMs: numberOf(event.durationMs),
    stack: text(event.stack, RUM_STACK_BYTES_MAX),
    attributes: boundAttributes(attributes, bounds),
    data: event.data ?? null,
    details: {},
    geo: {},
    userAgent: {},
    truncated: false,
    index,
  };
  record.truncated = bounds.truncated;
  return record;
}
