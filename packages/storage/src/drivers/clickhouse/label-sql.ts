import { type LabelMatcher, LOG_LEVELS, type MatchOperator } from '@aegisguard/model';
import { attributeDiffers, attributeEquals, attributeExpression, IS_PUSHED, LEVEL_LABEL } from './attribute-sql.ts';
import { plainAlternatives, wholeValuePattern } from './re2-pattern.ts';
import { textLiteral } from './sql-literal.ts';

/** The columns that labels stand for; `level` apart, all are texts. */
const NATIVE_COLUMNS: Readonly<Record<string, string>> = {
  service: 'service',
  service_name: 'service',
  level: 'level',
  detected_level: 'level',
  severity_text: 'severity_text',
  host: 'host',
  env: 'env',
  version: 'version',
  trace_id: 'trace_id',
  span_id: 'span_id',
};

/** More alternatives than that, each a condition of its own, are slower to plan than the logs are to read, and a thousand are refused by the engine: they are an expression again. */
const CONDITIONS_MAX = 50;

/** What columns of ids hold. A Loki push may have labels of their names that say something else. */
const HEX_ID = /^(?:[0-9a-f]{16}){1,2}$/;

/** That the text of a log's level says something else than the level's name. */
const LEVEL_TEXT = `severity_text NOT IN (${['', ...LOG_LEVELS].map(textLiteral).join(', ')})`;

function isLevel(value: string): boolean {
  return (LOG_LEVELS as readonly string[]).includes(value);
}

/** The column behind a label, or undefined when it is an attribute's. */
export function nativeColumn(name: string): string | undefined {
  return Object.hasOwn(NATIVE_COLUMNS, name) ? NATIVE_COLUMNS[name] : undefined;
}

/** Whether a label is a column that says what was sent, and nothing else. */
function isText(name: string): boolean {
  const column = nativeColumn(name);
  return column !== undefined && !['level', 'trace_id', 'span_id'].includes(column);
}

/** Whether a matcher asks for what the projection `counts_by_minute` knows. */
export function isCounted({ name, op, value }: LabelMatcher): boolean {
  const column = nativeColumn(name);
  const values = op === '=' || op === '!=' ? [value] : plainAlternatives(value);
  return column === 'service' || (column === 'level' && values?.every(isLevel) === true);
}

/** A label's value as an expression of type String; `''` when the log does not have it. */
export function labelExpression(name: string): string {
  const column = nativeColumn(name);
  if (column === undefined) {
    return attributeExpression(name);
  }
  if (column === 'level') {
    return name === 'level' ? LEVEL_LABEL : 'toString(level)';
  }
  return column;
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
  if (column === undefined) {
    return attributeEquals(name, value);
  }
  if (column === 'level') {
    return levelEquals(value);
  }
  const condition = `${column} = ${textLiteral(value)}`;
  return (column === 'trace_id' || column === 'span_id') && value !== '' && !HEX_ID.test(value)
    ? `(${condition} OR (${IS_PUSHED} AND ${attributeEquals(name, value)}))`
    : condition;
}

/** A level is also found by the text that was sent for it. Every log has one. */
function levelEquals(value: string): string {
  if (isLevel(value)) {
    return `level = ${textLiteral(value)}`;
  }
  return value === '' ? '0' : `severity_text = ${textLiteral(value)}`;
}

function differs(name: string, value: string): string {
  return nativeColumn(name) === undefined ? attributeDiffers(name, value) : `NOT (${equals(name, value)})`;
}

function matches(name: string, op: Extract<MatchOperator, '=~' | '!~'>, expression: string): string {
  const alternatives = plainAlternatives(expression);
  if (alternatives !== undefined && alternatives.length > 1 && isText(name)) {
    return `${labelExpression(name)} ${op === '=~' ? 'IN' : 'NOT IN'} (${alternatives.map(textLiteral).join(', ')})`;
  }
  if (alternatives !== undefined && alternatives.length <= CONDITIONS_MAX) {
    return op === '=~'
      ? `(${alternatives.map((value) => equals(name, value)).join(' OR ')})`
      : `(${alternatives.map((value) => differs(name, value)).join(' AND ')})`;
  }
  const pattern = textLiteral(wholeValuePattern(expression));
  const condition =
    nativeColumn(name) === 'level'
      ? `(match(toString(level), ${pattern}) OR (${LEVEL_TEXT} AND match(severity_text, ${pattern})))`
      : `match(${labelExpression(name)}, ${pattern})`;
  return op === '=~' ? condition : `NOT ${condition}`;
}
