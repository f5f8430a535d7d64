import { type LabelMatcher, LOG_LEVELS, type MatchOperator } from '@aegisguard/model';
import { attributeDiffers, attributeEquals, attributeExpression } from './attribute-sql.ts';
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

/** The column behind a label, or undefined when it is an attribute's. */
export function nativeColumn(name: string): string | undefined {
  return Object.hasOwn(NATIVE_COLUMNS, name) ? NATIVE_COLUMNS[name] : undefined;
}

/** A label's value as an expression of type String; `''` when the log does not have it. */
export function labelExpression(name: string): string {
  const column = nativeColumn(name);
  return column === undefined ? attributeExpression(name) : `toString(${column})`;
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
  return column === undefined ? attributeEquals(name, value) : `${column} = ${textLiteral(value)}`;
}

function differs(name: string, value: string): string {
  return nativeColumn(name) === undefined ? attributeDiffers(name, value) : `NOT (${equals(name, value)})`;
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
