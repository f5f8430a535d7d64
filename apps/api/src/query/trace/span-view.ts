import { formatRfc3339Nanos, type SpanView, type StoredSpan, unixNanos } from '@aegisguard/model';
import { objectMember } from '../../platform/object-member.ts';
import { textMember } from '../../platform/text-member.ts';
import type { AssembledTrace } from './assemble-trace.ts';

const NANOS_PER_MS = 1e6;

/** What of a span follows from its place in the trace. */
export interface PlacedSpan {
  readonly depth: number;
  readonly selfNanos: number;
  readonly onCriticalPath: boolean;
  readonly isOrphan: boolean;
  /** By how much it is moved. */
  readonly shiftNanos: number;
}

/** The place of a span of a trace. */
export function placeOf({ depth, selfNanos, isCritical, tree, shifts }: AssembledTrace, index: number): PlacedSpan {
  return {
    depth: depth[index] ?? 0,
    selfNanos: selfNanos[index] ?? 0,
    onCriticalPath: isCritical[index] === 1,
    isOrphan: tree.isOrphan[index] === 1,
    shiftNanos: shifts[index] ?? 0,
  };
}

/** A stored span as answers show it: members without a value are left out. */
export function spanView(span: StoredSpan, place: PlacedSpan): SpanView {
  const shift = BigInt(place.shiftNanos);
  const scope = { name: span.scopeName, ...textMember('version', span.scopeVersion) };
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId === '' ? null : span.parentSpanId,
    name: span.name,
    service: span.service,
    kind: span.kind,
    startTime: formatRfc3339Nanos(unixNanos(span.startTime + shift)),
    durationMs: Number(span.durationNanos) / NANOS_PER_MS,
    selfTimeMs: place.selfNanos / NANOS_PER_MS,
    depth: place.depth,
    status: span.status,
    ...textMember('statusMessage', span.statusMessage),
    ...textMember('host', span.host),
    ...textMember('env', span.env),
    ...textMember('version', span.version),
    ...textMember('traceState', span.traceState),
    ...(span.scopeName === '' && span.scopeVersion === '' ? {} : { scope }),
    attributes: span.attributes,
    resource: span.resource,
    ...objectMember('details', span.details),
    ...objectMember('geo', span.geo),
    ...objectMember('userAgent', span.userAgent),
    events: span.events.map((event) => ({
      name: event.name,
      timestamp: formatRfc3339Nanos(unixNanos(event.timestamp + shift)),
      attributes: event.attributes,
      ...countMember('droppedAttributesCount', event.droppedAttributesCount),
    })),
    links: span.links.map((link) => ({
      traceId: link.traceId,
      spanId: link.spanId,
      ...textMember('traceState', link.traceState),
      ...countMember('flags', link.flags),
      attributes: link.attributes,
      ...countMember('droppedAttributesCount', link.droppedAttributesCount),
    })),
    onCriticalPath: place.onCriticalPath,
    ...(shift === 0n
      ? {}
      : { clockSkewMs: place.shiftNanos / NANOS_PER_MS, originalStartTime: formatRfc3339Nanos(span.startTime) }),
    ...(place.isOrphan ? { isOrphan: true } : {}),
    ...(span.truncated ? { truncated: true } : {}),
  };
}

function countMember<Name extends string>(name: Name, count: number): { [K in Name]?: number } {
  return count === 0 ? {} : ({ [name]: count } as { [K in Name]?: number });
}
