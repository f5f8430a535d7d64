import { AegisError, type SpanField } from '@aegisguard/model';
import type { Field } from '../syntax/ast/field-expression.ts';
import { printField } from '../syntax/print/print-field.ts';
import { spanField } from './condition-of-expression.ts';

/** The field as a store lists its values. Throws `query-not-runnable`, which names it, where only the trace tells: its spans would have to be read, all of them. */
export function listedField(field: Field): SpanField {
  const stored = spanField(field);
  if (stored === undefined) {
    throw new AegisError('query-not-runnable', {
      detail: `${printField(field)} has no list of values: other spans of the trace tell it.`,
    });
  }
  return stored;
}
