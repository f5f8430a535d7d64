import type {
  JsonObject,
  JsonValue,
  SpanCondition,
  SpanField,
  SpanFieldValue,
  SpanIntrinsic,
  SpanRecord,
} from '@aegisguard/model';

/** A value of an attribute: an array's elements together. */
type Values = readonly (string | number | boolean | bigint)[];

/** What a span has of a field: alternatives, of events and links; each an array's elements, or one value. */
type Read = readonly Values[];

/** Whether a condition is true of a span of a trace, told in the plainest way. Regular expressions are JavaScript's: cases use only those that RE2 reads alike. */
export function holdsOfSpan(condition: SpanCondition, span: SpanRecord, trace: readonly SpanRecord[]): boolean {
  switch (condition.kind) {
    case 'everything':
      return true;
    case 'all':
      return condition.of.every((part) => holdsOfSpan(part, span, trace));
    case 'any':
      return condition.of.some((part) => holdsOfSpan(part, span, trace));
    case 'present':
      return readField(condition.field, span, trace).length > 0;
    case 'absent':
      return readField(condition.field, span, trace).length === 0;
    default: {
      const isNegative = condition.op === '!=' || condition.op === '!~';
      const holds = (value: SpanFieldValue) => compare(value, condition.op, condition.value);
      return readField(condition.field, span, trace).some((values) =>
        isNegative ? values.length > 0 && values.every(holds) : values.some(holds),
      );
    }
  }
}

/** The values of a field; none where the span does not have it. */
export function readField(field: SpanField, span: SpanRecord, trace: readonly SpanRecord[]): Read {
  switch (field.kind) {
    case 'attribute':
      return readAttribute(field, span);
    case 'intrinsic':
      return INTRINSICS[field.name](span);
    default:
      return readTrace(field.name, trace);
  }
}

const text = (value: string): Read => (value === '' ? [] : [[value]]);

const INTRINSICS: Readonly<Record<SpanIntrinsic, (span: SpanRecord) => Read>> = {
  duration: ({ durationNanos }) => [[durationNanos]],
  name: ({ name }) => [[name]],
  status: ({ status }) => [[status]],
  'status-message': ({ statusMessage }) => text(statusMessage),
  kind: ({ kind }) => [[kind]],
  'span-id': ({ spanId }) => [[spanId]],
  'parent-id': ({ parentSpanId }) => text(parentSpanId),
  'trace-id': ({ traceId }) => [[traceId]],
  'event-name': ({ events }) => events.map(({ name }) => [name]),
  'event-time-since-start': ({ events, startTime }) => events.map(({ timestamp }) => [timestamp - startTime]),
  'link-trace-id': ({ links }) => links.map(({ traceId }) => [traceId]),
  'link-span-id': ({ links }) => links.map(({ spanId }) => [spanId]),
  'scope-name': ({ scopeName }) => text(scopeName),
  'scope-version': ({ scopeVersion }) => text(scopeVersion),
};

function readTrace(name: 'trace-duration' | 'root-service' | 'root-name', trace: readonly SpanRecord[]): Read {
  if (name === 'trace-duration') {
    const { start, end } = extentOf(trace);
    return [[end - start]];
  }
  const root = trace.find(({ parentSpanId }) => parentSpanId === '');
  return root === undefined ? [] : name === 'root-service' ? text(root.service) : [[root.name]];
}

/** When a trace starts and ends, by all its spans. */
export function extentOf(trace: readonly SpanRecord[]): { readonly start: bigint; readonly end: bigint } {
  const starts = ascending(trace.map(({ startTime }) => startTime));
  const ends = ascending(trace.map(({ startTime, durationNanos }) => startTime + durationNanos));
  return { start: starts[0] ?? 0n, end: ends.at(-1) ?? 0n };
}

function ascending(times: readonly bigint[]): readonly bigint[] {
  return times.toSorted((a, b) => (a < b ? -1 : 1));
}

function readAttribute({ scope, name }: Extract<SpanField, { kind: 'attribute' }>, span: SpanRecord): Read {
  const one = (object: JsonValue | undefined): Read => {
    const found = isObject(object) ? find(object, name) : undefined;
    return found === undefined ? [] : [found];
  };
  switch (scope) {
    case 'span':
      return one(span.attributes);
    case 'resource':
      return name === 'service.name' ? text(span.service) : one(span.resource);
    case 'event':
      return span.events.flatMap(({ attributes }) => one(attributes));
    case 'link':
      return span.links.flatMap(({ attributes }) => one(attributes));
    case 'instrumentation':
      return one(isObject(span.details.scope) ? span.details.scope.attributes : undefined);
    default: {
      const scopes = ['span', 'resource', 'event', 'link', 'instrumentation'] as const;
      const all = scopes.map((each) => readAttribute({ kind: 'attribute', scope: each, name }, span));
      return all.find((read) => read.length > 0) ?? [];
    }
  }
}

/** The key with the most of the path first. */
function find(object: JsonObject, path: string): Values | undefined {
  const whole = Object.hasOwn(object, path) ? valuesOf(object[path]) : undefined;
  if (whole !== undefined) {
    return whole;
  }
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const key = path.slice(0, dot);
    const member = Object.hasOwn(object, key) ? object[key] : undefined;
    const found = isObject(member) ? find(member, path.slice(dot + 1)) : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function valuesOf(member: JsonValue | undefined): Values | undefined {
  if (Array.isArray(member)) {
    return member.filter((element) => typeof element !== 'object');
  }
  return member === undefined || typeof member === 'object' ? undefined : [member];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compare(
  left: SpanFieldValue,
  op: Extract<SpanCondition, { kind: 'compare' }>['op'],
  right: SpanFieldValue,
): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    const order = Buffer.compare(Buffer.from(left), Buffer.from(right));
    return op === '=~' || op === '!~'
      ? new RegExp(`^(?:${right})$`, 'u').test(left) === (op === '=~')
      : inOrder(op, order);
  }
  if (op === '=~' || op === '!~') {
    return false;
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return inOrder(op, Number(left) - Number(right));
  }
  const areNumbers = [left, right].every((value) => typeof value === 'number' || typeof value === 'bigint');
  return areNumbers && inOrder(op, left < right ? -1 : left > right ? 1 : 0);
}

function inOrder(op: '=' | '!=' | '<' | '<=' | '>' | '>=', order: number): boolean {
  const is = { '=': order === 0, '<': order < 0, '>': order > 0 } as const;
  switch (op) {
    case '!=':
      return !is['='];
    case '<=':
      return !is['>'];
    case '>=':
      return !is['<'];
    default:
      return is[op];
  }
}
