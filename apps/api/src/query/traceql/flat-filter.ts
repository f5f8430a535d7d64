import type { TraceSearchRequest } from '@aegisguard/model';
import type { Field, FieldExpression, SpansetPipeline, StaticValue } from '@aegisguard/traceql';

/** What of a request says which traces are meant, besides TraceQL. */
type FlatFields = Pick<
  TraceSearchRequest,
  'service' | 'operation' | 'status' | 'minDurationMs' | 'maxDurationMs' | 'attributes'
>;

const NANOS_PER_MS = 1e6;
/** Trees of a request have no text that they stand in. */
const at = { from: 0, to: 0 };
/** Where an attribute may lie, as Jaeger finds tags. */
const SCOPES = ['span', 'resource', 'event'] as const;

/** The query of a request: its TraceQL and its flat fields. Both must be true of a trace, the flat ones of one span of it. Undefined: nothing is asked. */
export function queryOf(query: SpansetPipeline | undefined, flat: FlatFields): SpansetPipeline | undefined {
  const condition = flatCondition(flat);
  if (condition === undefined) {
    return query;
  }
  const filter = { kind: 'spanset-filter', condition, at } as const;
  return {
    kind: 'pipeline',
    stages: [query === undefined ? filter : { kind: 'spanset-operation', op: '&&', left: query, right: filter, at }],
    at,
  };
}

/** The spans that a request is about: those of which both are true. */
export function spansOf(query: SpansetPipeline | undefined, flat: FlatFields): SpansetPipeline | undefined {
  const condition = flatCondition(flat);
  if (query === undefined || condition === undefined) {
    return queryOf(query, flat);
  }
  // Behind, since a query may be about several spans, of which the flat fields are true of the found one only.
  return { kind: 'pipeline', stages: [query, { kind: 'spanset-filter', condition, at }], at };
}

/** All flat fields together. Durations are whole nanoseconds, both ends inclusive. */
function flatCondition(flat: FlatFields): FieldExpression | undefined {
  const { service, operation, status, minDurationMs, maxDurationMs, attributes = {} } = flat;
  const parts = [
    ...(service === undefined ? [] : [compare(attribute('resource', 'service.name'), '=', text(service))]),
    ...(operation === undefined ? [] : [compare(intrinsic('name'), '=', text(operation))]),
    ...(status === undefined ? [] : [compare(intrinsic('status'), '=', { type: 'status', value: status })]),
    ...(minDurationMs === undefined ? [] : [compare(intrinsic('duration'), '>=', nanos(minDurationMs, Math.ceil))]),
    ...(maxDurationMs === undefined ? [] : [compare(intrinsic('duration'), '<=', nanos(maxDurationMs, Math.floor))]),
    ...Object.entries(attributes).map(([name, value]) => hasAttribute(name, String(value))),
  ];
  return joined('&&', parts);
}

/** A tag has a name and a text; the attribute's value may be of the type that this text is of. */
function hasAttribute(name: string, value: string): FieldExpression {
  const values = [text(value), ...numbersOf(value), ...booleansOf(value)];
  const parts = SCOPES.flatMap((scope) => values.map((one) => compare(attribute(scope, name), '=', one)));
  return joined('||', parts) ?? compare(attribute('span', name), '=', text(value));
}

function numbersOf(value: string): StaticValue[] {
  const number = Number(value);
  return value !== '' && Number.isFinite(number) && String(number) === value ? [{ type: 'float', value: number }] : [];
}

function booleansOf(value: string): StaticValue[] {
  return value === 'true' || value === 'false' ? [{ type: 'boolean', value: value === 'true' }] : [];
}

function joined(op: '&&' | '||', parts: readonly FieldExpression[]): FieldExpression | undefined {
  return parts.length === 0
    ? undefined
    : parts.reduce((left, right) => ({ kind: 'binary', op, left, right, at }) as const);
}

function compare(left: Field, op: '=' | '>=' | '<=', value: StaticValue): FieldExpression {
  return { kind: 'binary', op, left, right: { kind: 'static', value, at }, at };
}

function attribute(scope: (typeof SCOPES)[number], name: string): Field {
  return { kind: 'attribute', scope, isParent: false, name, at };
}

function intrinsic(name: 'name' | 'status' | 'duration'): Field {
  return { kind: 'intrinsic', isParent: false, name, at };
}

function text(value: string): StaticValue {
  return { type: 'string', value };
}

function nanos(ms: number, round: (nanos: number) => number): StaticValue {
  return { type: 'duration', value: BigInt(Math.min(round(ms * NANOS_PER_MS), Number.MAX_SAFE_INTEGER)) };
}
