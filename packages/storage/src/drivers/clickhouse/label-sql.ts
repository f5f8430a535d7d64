import { type LabelMatcher, LOG_LEVELS, type MatchOperator } from '@aegisguard/model';
import { isFacet } from './facet.ts';
import { LABEL_PAIRS } from './log-table.ts';
import { plainAlternatives, wholeValuePattern } from './re2-pattern.ts';
import { textLiteral } from './sql-literal.ts';

/** The columns that labels stand for; `level` apart, all are texts. */
const NATIVE_COLUMNS: Readonly<Record<string, string>> = {
  service: 'service',
  service_name: 'service',
  level: 'level',
  host: 'host',
  env: 'env',
  version: 'version',
  trace_id: 'trace_id',
  span_id: 'span_id',
};

/** Names that an attribute can answer to; whatever else is asked for is absent from every log. */
const LABEL_NAME = /^[A-Za-z0-9_]+$/;

/** The column behind a label, or undefined when it is an attribute's. */
export function nativeColumn(name: string): string | undefined {
  return Object.hasOwn(NATIVE_COLUMNS, name) ? NATIVE_COLUMNS[name] : undefined;
}

/** A label's value as an expression of type String; `''` when the log does not have it. */
export function labelExpression(name: string): string {
  const column = nativeColumn(name);
  if (column !== undefined) {
    return `toString(${column})`;
  }
  if (!LABEL_NAME.test(name)) {
    return "''";
  }
  const prefix = textLiteral(`${name}=`);
  const facet = `substring(arrayFirst(facet -> startsWith(facet, ${prefix}), facets), ${name.length + 2})`;
  // A label is in one of the two at most; the other gives ''.
  return `concat(${facet}, labels[${textLiteral(name)}])`;
}

/** A matcher as a condition. */
export function matcherCondition({ name, op, value }: LabelMatcher): string {
  switch (op) {
    case '=':
      return equals(name, value);
    case '!=':
      return differs(name, value);
    default:
      return matches(name, op, value);
  }
}

function equals(name: string, value: string): string {
  const column = nativeColumn(name);
  if (column === 'level') {
    return (LOG_LEVELS as readonly string[]).includes(value) ? `level = ${textLiteral(value)}` : '0';
  }
  if (column !== undefined) {
    return `${column} = ${textLiteral(value)}`;
  }
  if (value === '' || !LABEL_NAME.test(name)) {
    return `${labelExpression(name)} = ${textLiteral(value)}`;
  }
  const pair = textLiteral(`${name}=${value}`);
  return isFacet(value)
    ? `has(facets, ${pair})`
    : `(labels[${textLiteral(name)}] = ${textLiteral(value)} AND indexHint(has(${LABEL_PAIRS}, ${pair})))`;
}

function differs(name: string, value: string): string {
  const column = nativeColumn(name);
  if (column !== undefined || value === '' || !LABEL_NAME.test(name)) {
    return column === undefined ? `${labelExpression(name)} != ${textLiteral(value)}` : `NOT (${equals(name, value)})`;
  }
  return isFacet(value)
    ? `NOT has(facets, ${textLiteral(`${name}=${value}`)})`
    : `labels[${textLiteral(name)}] != ${textLiteral(value)}`;
}

function matches(name: string, op: Extract<MatchOperator, '=~' | '!~'>, expression: string): string {
  const alternatives = plainAlternatives(expression);
  if (alternatives !== undefined) {
    return op === '=~'
      ? `(${alternatives.map((value) => equals(name, value)).join(' OR ')})`
      : `(${alternatives.map((value) => differs(name, value)).join(' AND ')})`;
  }
  const condition = `match(${labelExpression(name)}, ${textLiteral(wholeValuePattern(expression))})`;
  return op === '=~' ? condition : `NOT ${condition}`;
}
