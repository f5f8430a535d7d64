// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-query-variables

/** What a variable of the type `query` asks for. */
export type VariableQuery =
  | { readonly kind: 'label-values'; readonly label: string; readonly selector: string | undefined }
  | { readonly kind: 'label-names'; readonly regex: string }
  | { readonly kind: 'metrics'; readonly regex: string }
  | { readonly kind: 'query-result'; readonly query: string };

const CALL = /^\s*(label_values|label_names|metrics|query_result)\s*\((.*)\)\s*$/s;

/** The place of the last comma that stands in no quotes, braces or parentheses; -1 without one. */
function lastFreeComma(text: string): number {
  let depth = 0;
  let quote: string | undefined;
  let found = -1;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (quote !== undefined) {
      at += sign === '\\' ? 1 : 0;
      quote = sign === quote ? undefined : quote;
    } else if (`"'\``.includes(sign)) {
      quote = sign;
    } else if ('({['.includes(sign)) {
      depth += 1;
    } else if (')}]'.includes(sign)) {
      depth -= 1;
    } else if (sign === ',' && depth === 0) {
      found = at;
    }
  }
  return found;
}

/** Reads a variable's query; undefined when it has none of the forms. A query that is no call is one whose result is asked for. */
export function parseVariableQuery(text: string): VariableQuery | undefined {
  const [, name, inside = ''] = CALL.exec(text) ?? [];
  const argument = inside.trim();
  switch (name) {
    case 'label_values': {
      const comma = lastFreeComma(argument);
      const label = argument.slice(comma + 1).trim();
      const selector = comma < 0 ? undefined : argument.slice(0, comma).trim();
      return label === ''
        ? undefined
        : { kind: 'label-values', label, selector: selector === '' ? undefined : selector };
    }
    case 'label_names':
      return { kind: 'label-names', regex: argument };
    case 'metrics':
      return { kind: 'metrics', regex: argument };
    case 'query_result':
      return argument === '' ? undefined : { kind: 'query-result', query: argument };
    default:
      return undefined;
  }
}
