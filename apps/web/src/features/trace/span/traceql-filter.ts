import type { JsonValue } from '@aegisguard/model';
import { printField, quoteText } from '@aegisguard/traceql/syntax';

// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/

/** Where an attribute stands, as TraceQL names it. */
export type AttributeScope = 'span' | 'resource' | 'event' | 'link';

/** A value as TraceQL writes it; undefined for what no filter can compare. */
function literal(value: JsonValue): string | undefined {
  if (typeof value === 'string') {
    return quoteText(value);
  }
  if (typeof value === 'boolean') {
    return String(value);
  }
  // TraceQL has no exponents.
  return typeof value === 'number' && !String(value).includes('e') ? String(value) : undefined;
}

/** The query for spans with an attribute of this value; undefined where no filter can say it. */
export function attributeQuery(scope: AttributeScope, name: string, value: JsonValue): string | undefined {
  const written = literal(value);
  const field = printField({ kind: 'attribute', scope, name, isParent: false });
  return written === undefined || name === '' ? undefined : `{ ${field} = ${written} }`;
}

/** The query for spans of a service and name. */
export function operationQuery(service: string, name: string): string {
  return `{ resource.service.name = ${quoteText(service)} && name = ${quoteText(name)} }`;
}
