import { type Field, findIntrinsic, parseFieldName, printField } from '@aegisguard/traceql/syntax';
import { parsedOrNone } from '../query/parsed-query.ts';

const fieldOf = (text: string): Field | undefined => parsedOrNone(() => parseFieldName(text));

/** The field that a person means, as TraceQL has it, or why its values cannot be counted: of measures, of other spans, and of what is no field. An attribute without its scope is whichever has it. */
export function customFacet(text: string): { readonly field: string } | { readonly problem: string } {
  const trimmed = text.trim();
  const field = fieldOf(trimmed) ?? fieldOf(`.${trimmed}`);
  if (field?.isParent === true) {
    return { problem: `${trimmed} is of another span, the one above: only what a span has itself is counted.` };
  }
  const isCounted = field?.kind === 'attribute' || (field !== undefined && findIntrinsic(trimmed)?.type === 'string');
  return field !== undefined && isCounted
    ? { field: printField(field) }
    : { problem: `${trimmed} is no attribute, such as span.http.route.` };
}

/** Whether a field, as TraceQL has it, can be a facet. */
export function isFacet(field: string): boolean {
  const found = customFacet(field);
  return 'field' in found && found.field === field;
}
