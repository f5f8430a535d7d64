import type { FetchedSpan, SpanCondition, SpanField, SpanFieldValue } from '@aegisguard/model';
import { RE2JS } from 're2js';
import { type FieldReader, fieldReader } from '../evaluate/read-field.ts';
import type { TraceSpans } from '../evaluate/trace-spans.ts';
import { type AttributeValue, alternativesOf, type FieldValue, type Scalar } from '../evaluate/value.ts';

const NOWHERE = { from: 0, to: 0 };

/** Whether a condition is true of the span at an index, in the plainest way: the contract of `SpanCondition`. */
export function meetsCondition(condition: SpanCondition, trace: TraceSpans, index: number): boolean {
  switch (condition.kind) {
    case 'everything':
      return true;
    case 'all':
      return condition.of.every((one) => meetsCondition(one, trace, index));
    case 'any':
      return condition.of.some((one) => meetsCondition(one, trace, index));
    case 'present':
      return fieldValueOf(condition.field, trace, index) !== undefined;
    case 'absent':
      return fieldValueOf(condition.field, trace, index) === undefined;
    case 'compare': {
      const { op, value } = condition;
      const isNegative = op === '!=' || op === '!~';
      return alternativesOf(fieldValueOf(condition.field, trace, index)).some((one: AttributeValue) => {
        const elements = Array.isArray(one) ? (one as readonly Scalar[]) : [one as Scalar];
        return isNegative
          ? elements.length > 0 && elements.every((element) => compares(element, op, value))
          : elements.some((element) => compares(element, op, value));
      });
    }
  }
}

/** What a field of a span is. */
export function fieldValueOf(field: SpanField, trace: TraceSpans, index: number): FieldValue {
  return readerOf(field)(trace, index);
}

function readerOf(field: SpanField): FieldReader {
  return field.kind === 'attribute'
    ? fieldReader({ ...field, isParent: false, at: NOWHERE })
    : fieldReader({ kind: 'intrinsic', isParent: false, name: field.name, at: NOWHERE });
}

function compares(actual: Scalar, op: string, wanted: SpanFieldValue): boolean {
  const isNumber = (value: Scalar): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
  if (isNumber(actual) && isNumber(wanted)) {
    return ordered(actual < wanted ? -1 : actual > wanted ? 1 : 0, op);
  }
  if (typeof actual === 'string' && typeof wanted === 'string') {
    if (op === '=~' || op === '!~') {
      return RE2JS.compile(wanted).matches(actual) === (op === '=~');
    }
    return ordered(Buffer.compare(Buffer.from(actual), Buffer.from(wanted)), op);
  }
  if (typeof actual === 'boolean' && typeof wanted === 'boolean') {
    return op === '=' ? actual === wanted : op === '!=' && actual !== wanted;
  }
  return false;
}

function ordered(order: number, op: string): boolean {
  switch (op) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return op === '>=' && order >= 0;
  }
}

/** The span as it is read with these parts, or with none. */
export function withParts(
  span: Required<FetchedSpan>,
  parts: {
    readonly attributes?: boolean;
    readonly events?: boolean;
    readonly links?: boolean;
    readonly scope?: boolean;
  },
): FetchedSpan {
  const { attributes, resource, events, links, scopeName, scopeVersion, details, ...own } = span;
  return {
    ...own,
    ...(parts.attributes ? { attributes, resource } : {}),
    ...(parts.events ? { events } : {}),
    ...(parts.links ? { links } : {}),
    ...(parts.scope ? { scopeName, scopeVersion, details } : {}),
  };
}
