// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
import {
  type JsonObject,
  type JsonValue,
  SPAN_KINDS,
  SPAN_STATUSES,
  type SpanEvent,
  type SpanLink,
  type StoredSpan,
} from '@aegisguard/model';
import protobuf from 'protobufjs/minimal.js';
import { isJsonObject } from '../json/is-json-object.ts';
import { resourceWithColumns } from '../records/resource-with-columns.ts';
import { type KeyValueMessage, keyValuesOf } from './json/any-value-of.ts';
import { encodeOtlp } from './protobuf/encode-otlp.ts';

/** Spans of one message; a resource with more of them comes several times, which is allowed. */
const SPANS_MAX = 500;
/** `TracesData.resource_spans`: https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto */
const RESOURCE_SPANS_TAG = 10;

/** A `ResourceSpans` with one scope, as OTLP's JSON has it. */
export interface ResourceSpansMessage {
  readonly resource: EntityMessage;
  readonly schemaUrl?: string;
  readonly scopeSpans: readonly [
    {
      readonly scope: EntityMessage & { readonly name?: string; readonly version?: string };
      readonly schemaUrl?: string;
      readonly spans: readonly object[];
    },
  ];
}

interface EntityMessage {
  readonly attributes?: readonly KeyValueMessage[];
  readonly droppedAttributesCount?: number;
}

type Member = JsonValue | object | undefined;

/** Leaves out what has its default, as protocol buffers do. */
function present(members: Readonly<Record<string, Member>>): Record<string, Exclude<Member, undefined>> {
  const entries = Object.entries(members).filter(
    ([, value]) => value !== undefined && value !== '' && value !== 0 && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries) as Record<string, Exclude<Member, undefined>>;
}

function objectIn(details: JsonObject, name: string): JsonObject {
  const value = details[name];
  return value !== undefined && isJsonObject(value) ? value : {};
}

function eventMessage({ timestamp, name, attributes, droppedAttributesCount }: SpanEvent): object {
  return present({
    timeUnixNano: String(timestamp),
    name,
    attributes: keyValuesOf(attributes),
    droppedAttributesCount,
  });
}

function linkMessage({ traceId, spanId, traceState, flags, attributes, droppedAttributesCount }: SpanLink): object {
  return present({
    traceId,
    spanId,
    traceState,
    attributes: keyValuesOf(attributes),
    droppedAttributesCount,
    flags,
  });
}

function spanMessage(span: StoredSpan): object {
  const { details } = span;
  const status = present({ message: span.statusMessage, code: SPAN_STATUSES.indexOf(span.status) });
  return present({
    traceId: span.traceId,
    spanId: span.spanId,
    traceState: span.traceState,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: SPAN_KINDS.indexOf(span.kind),
    startTimeUnixNano: String(span.startTime),
    endTimeUnixNano: String(span.startTime + span.durationNanos),
    attributes: keyValuesOf(span.attributes),
    droppedAttributesCount: details.droppedAttributesCount,
    events: span.events.map(eventMessage),
    droppedEventsCount: details.droppedEventsCount,
    links: span.links.map(linkMessage),
    droppedLinksCount: details.droppedLinksCount,
    status,
    flags: details.flags,
  });
}

/** What spans of one message have in common. */
function originOf(span: StoredSpan): Omit<ResourceSpansMessage, 'scopeSpans'> & { readonly scope: object } {
  const { details } = span;
  const resource = objectIn(details, 'resource');
  const scope = objectIn(details, 'scope');
  return {
    resource: present({
      attributes: keyValuesOf(resourceWithColumns(span.resource, span)),
      droppedAttributesCount: resource.droppedAttributesCount,
      entityRefs: resource.entityRefs,
    }),
    scope: {
      scope: present({
        name: span.scopeName,
        version: span.scopeVersion,
        attributes: keyValuesOf(objectIn(scope, 'attributes')),
        droppedAttributesCount: scope.droppedAttributesCount,
      }),
      ...present({ schemaUrl: details.schemaUrl }),
    },
    ...present({ schemaUrl: resource.schemaUrl }),
  };
}

/** Stored spans as OTLP sends them, in their order, those of one resource and scope together. What was measured of a client (geography, user agent) has no place there. */
export function resourceSpansOf(spans: readonly StoredSpan[]): ResourceSpansMessage[] {
  const messages: ResourceSpansMessage[] = [];
  const open = new Map<string, object[]>();
  for (const span of spans) {
    const { scope, ...resource } = originOf(span);
    const key = JSON.stringify([resource, scope]);
    let group = open.get(key);
    if (group === undefined || group.length === SPANS_MAX) {
      group = [];
      open.set(key, group);
      messages.push({ ...resource, scopeSpans: [{ ...scope, spans: group }] } as unknown as ResourceSpansMessage);
    }
    group.push(spanMessage(span));
  }
  return messages;
}

/** A message as a field of `TracesData`: several of them, one after the other, are a trace. */
export function encodeResourceSpans(message: ResourceSpansMessage): Uint8Array {
  return protobuf.Writer.create().uint32(RESOURCE_SPANS_TAG).bytes(encodeOtlp('ResourceSpans', message)).finish();
}
