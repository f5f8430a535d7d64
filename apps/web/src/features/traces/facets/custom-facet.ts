import { problemOfQuery } from '@aegisguard/model';
import { type Field, findIntrinsic, parseFieldName, printField } from '@aegisguard/traceql/syntax';

function parsed(text: string): Field | undefined {
  try {
    return parseFieldName(text);
  } catch (error) {
    if (problemOfQuery(error) === undefined) {
      throw error;
    }
    return undefined;
  }
}

/** The field that a person means, as TraceQL has it; an attribute without its scope is whichever has it. Undefined for what has no values to count: measures, and what is no field. */
export function customFacet(text: string): string | undefined {
  const trimmed = text.trim();
  const field = parsed(trimmed) ?? parsed(`.${trimmed}`);
  const isCounted = field?.kind === 'attribute' || (field !== undefined && findIntrinsic(trimmed)?.type === 'string');
  return field === undefined || !isCounted ? undefined : printField(field);
}
