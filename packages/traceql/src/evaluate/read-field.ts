import type { FetchedSpan, SpanAttributeScope } from '@aegisguard/model';
import type { Field, IntrinsicName } from '../syntax/ast/field-expression.ts';
import { isObject, readAttribute } from './read-attribute.ts';
import type { TraceSpans } from './trace-spans.ts';
import { Alternatives, type AttributeValue, type FieldValue } from './value.ts';

/** Reads something of the span at an index. */
export type FieldReader = (trace: TraceSpans, index: number) => FieldValue;

/** How a field is read. */
export function fieldReader(field: Field): FieldReader {
  const read = field.kind === 'intrinsic' ? INTRINSICS[field.name] : ofSpan(attributeReader(field.scope, field.name));
  if (!field.isParent) {
    return read;
  }
  return (trace, index) => {
    const parent = trace.structure.parents[index] ?? NO_PARENT;
    return parent < 0 ? undefined : read(trace, parent);
  };
}

type SpanReader = (span: FetchedSpan) => FieldValue;

/** The order in which a name without a scope is looked for. */
const SCOPES_IN_ORDER = ['span', 'resource', 'event', 'link', 'instrumentation'] as const;

function attributeReader(scope: SpanAttributeScope, name: string): SpanReader {
  switch (scope) {
    case 'span':
      return ({ attributes }) => attributes && readAttribute(attributes, name);
    case 'resource':
      return name === 'service.name'
        ? ({ service }) => textOrNone(service)
        : ({ resource }) => resource && readAttribute(resource, name);
    case 'event':
      return ({ events }) => several(events, ({ attributes }) => readAttribute(attributes, name));
    case 'link':
      return ({ links }) => several(links, ({ attributes }) => readAttribute(attributes, name));
    case 'instrumentation':
      return ({ details }) => scopeAttribute(details, name);
    case 'any': {
      const readers = SCOPES_IN_ORDER.map((one) => attributeReader(one, name));
      return (span) => {
        for (const read of readers) {
          const value = read(span);
          if (value !== undefined) {
            return value;
          }
        }
        return undefined;
      };
    }
  }
}

function scopeAttribute(details: FetchedSpan['details'], name: string): FieldValue {
  const scope = details?.scope;
  const attributes = isObject(scope) ? scope.attributes : undefined;
  return isObject(attributes) ? readAttribute(attributes, name) : undefined;
}

function several<Item>(
  items: readonly Item[] | undefined,
  read: (item: Item) => AttributeValue | undefined,
): Alternatives | undefined {
  const values: AttributeValue[] = [];
  for (const item of items ?? []) {
    const value = read(item);
    if (value !== undefined) {
      values.push(value);
    }
  }
  return values.length === 0 ? undefined : new Alternatives(values);
}

function textOrNone(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** A span that is the top of a tree, but has a parent that did not come. */
const UNKNOWN_PARENT = 0;
const NO_PARENT = -1;

function ofSpan(read: SpanReader): FieldReader {
  return (trace, index) => read(trace.at(index));
}

const INTRINSICS: Readonly<Record<IntrinsicName, FieldReader>> = {
  duration: ofSpan(({ durationNanos }) => durationNanos),
  name: ofSpan(({ name }) => name),
  status: ofSpan(({ status }) => status),
  'status-message': ofSpan(({ statusMessage }) => textOrNone(statusMessage)),
  kind: ofSpan(({ kind }) => kind),
  'span-id': ofSpan(({ spanId }) => spanId),
  'parent-id': ofSpan(({ parentSpanId }) => textOrNone(parentSpanId)),
  'trace-id': ofSpan(({ traceId }) => traceId),
  'event-name': ofSpan(({ events }) => several(events, ({ name }) => name)),
  'event-time-since-start': ofSpan(({ events, startTime }) => several(events, (event) => event.timestamp - startTime)),
  'link-trace-id': ofSpan(({ links }) => several(links, ({ traceId }) => traceId)),
  'link-span-id': ofSpan(({ links }) => several(links, ({ spanId }) => spanId)),
  'scope-name': ofSpan(({ scopeName }) => textOrNone(scopeName)),
  'scope-version': ofSpan(({ scopeVersion }) => textOrNone(scopeVersion)),
  'trace-duration': (trace) => trace.facts.durationNanos,
  'root-service': (trace) => textOrNone(trace.facts.root?.service),
  'root-name': (trace) => trace.facts.root?.name,
  'child-count': (trace, index) => trace.structure.childCounts[index],
  parent: ofSpan(({ parentSpanId }) => textOrNone(parentSpanId)),
  'nested-set-left': (trace, index) => trace.structure.left[index],
  'nested-set-right': (trace, index) => trace.structure.right[index],
  'nested-set-parent': (trace, index) => {
    const parent = trace.structure.parents[index] ?? NO_PARENT;
    if (parent >= 0) {
      return trace.structure.left[parent];
    }
    return trace.at(index).parentSpanId === '' ? NO_PARENT : UNKNOWN_PARENT;
  },
};
