import type { Field, FieldOperator } from '@aegisguard/traceql/syntax';

/** How a form compares. */
export const FILTER_OPERATORS = ['=', '!=', '=~', '!~', '>', '>=', '<', '<='] as const;

/** One of them. */
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** A comparison of a field with a value, both as TraceQL has them: `span.http.status_code`, `>=`, `500`. */
export interface Filter {
  readonly field: string;
  readonly op: FilterOperator;
  readonly value: string;
}

/** What a field is, however it is written: `duration` and `span:duration` are the same. */
export function fieldKey(field: Field): string {
  const parent = field.isParent ? 'parent.' : '';
  return field.kind === 'intrinsic' ? `${parent}:${field.name}` : `${parent}${field.scope}.${field.name}`;
}

/** The operator, if a form has it. */
export function filterOperator(op: FieldOperator): FilterOperator | undefined {
  return FILTER_OPERATORS.find((each) => each === op);
}

/** The operator when its sides change places; regular expressions stand on the right only. */
export function mirrored(op: FilterOperator): FilterOperator | undefined {
  const changed = {
    '=': '=',
    '!=': '!=',
    '>': '<',
    '>=': '<=',
    '<': '>',
    '<=': '>=',
    '=~': undefined,
    '!~': undefined,
  };
  return changed[op] as FilterOperator | undefined;
}

/** A filter as TraceQL writes it. */
export function printFilter({ field, op, value }: Filter): string {
  return `${field} ${op} ${value}`;
}
