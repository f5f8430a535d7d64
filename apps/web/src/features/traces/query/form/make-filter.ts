import { problemOfQuery } from '@aegisguard/model';
import { findIntrinsic, parseFieldName, parseQuery, quoteText } from '@aegisguard/traceql/syntax';
import { type Filter, type FilterOperator, printFilter } from '../filter.ts';

/** What spans have of an attribute, as far as it is known. */
export type ValueType = 'string' | 'number' | 'boolean';

/** A comparison as a form has it: the value is what was typed. */
export interface FilterDraft {
  readonly field: string;
  readonly op: FilterOperator | 'exists' | 'absent';
  readonly value: string;
}

/** A whole number, one with a fraction, a duration, or a truth value. */
const PLAIN = /^(?:-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|-?(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d|w))+|true|false)$/;
const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|`[^`]*`)$/s;

/** Regular expressions are texts whatever they look like. */
function isRegex(op: FilterDraft['op']): boolean {
  return op === '=~' || op === '!~';
}

/** The value as TraceQL has it. Attributes whose type is not known are compared with what the value looks like; quotes make a text of it. */
function literalOf({ field, op, value }: FilterDraft, type: ValueType | undefined): string {
  const text = value.trim();
  const intrinsic = findIntrinsic(field)?.type;
  if (QUOTED.test(text)) {
    return text;
  }
  if (isRegex(op) || intrinsic === 'string') {
    return quoteText(value);
  }
  if (intrinsic !== undefined) {
    return text;
  }
  return type !== 'string' && PLAIN.test(text) ? text : quoteText(value);
}

function problemOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    const found = problemOfQuery(error);
    if (found === undefined) {
      throw error;
    }
    return found.problem;
  }
}

/** The filter that a draft means, or what is wrong with it. */
export function makeFilter(draft: FilterDraft, type: ValueType | undefined): Filter | string {
  const field = draft.field.trim();
  if (field === '') {
    return 'Choose a field, such as span.http.route.';
  }
  const wrongField = problemOf(() => parseFieldName(field));
  if (wrongField !== undefined) {
    return wrongField;
  }
  if (draft.op === 'exists' || draft.op === 'absent') {
    return { field, op: draft.op === 'exists' ? '!=' : '=', value: 'nil' };
  }
  const isText = type === 'string' || isRegex(draft.op) || findIntrinsic(field)?.type === 'string';
  if (draft.value.trim() === '' && !isText) {
    return 'Write what it is compared with; "" is the empty text.';
  }
  const filter = { field, op: draft.op, value: literalOf({ ...draft, field }, type) };
  return problemOf(() => parseQuery(`{ ${printFilter(filter)} }`)) ?? filter;
}

/** A filter as a draft. */
export function draftOf({ field, op, value }: Filter, shown: string): FilterDraft {
  return value === 'nil' ? { field, op: op === '=' ? 'absent' : 'exists', value: '' } : { field, op, value: shown };
}
