import { SPAN_KINDS, SPAN_STATUSES, type SpanComparisonOperator, type SpanIntrinsic } from '@aegisguard/model';
import { int64Literal, uint64Literal } from '../sql-literal.ts';
import { type Approximation, EVERYTHING, exactly, NOTHING } from './approximation.ts';
import { compareText } from './attribute-condition.ts';
import type { Comparison } from './text-test.ts';

/** How an intrinsic lies in the table. `isOptional`: an empty text is none. */
type IntrinsicColumn =
  | { readonly kind: 'text'; readonly sql: string; readonly isOptional?: true; readonly isCounted?: true }
  | { readonly kind: 'word'; readonly column: string; readonly words: readonly string[]; readonly isCounted: boolean }
  | { readonly kind: 'id'; readonly column: string; readonly bytes: number; readonly isPresent: string }
  | { readonly kind: 'texts'; readonly column: string }
  | { readonly kind: 'nanos'; readonly column: string }
  | { readonly kind: 'event-nanos' };

const COLUMNS: Readonly<Record<SpanIntrinsic, IntrinsicColumn>> = {
  duration: { kind: 'nanos', column: 'duration_nanos' },
  name: { kind: 'text', sql: 'name' },
  status: { kind: 'word', column: 'status', words: SPAN_STATUSES, isCounted: true },
  'status-message': { kind: 'text', sql: 'status_message', isOptional: true },
  kind: { kind: 'word', column: 'kind', words: SPAN_KINDS, isCounted: false },
  'span-id': { kind: 'id', column: 'span_id', bytes: 8, isPresent: '1' },
  'parent-id': { kind: 'id', column: 'parent_span_id', bytes: 8, isPresent: 'NOT is_root' },
  'trace-id': { kind: 'id', column: 'trace_id', bytes: 16, isPresent: '1' },
  'event-name': { kind: 'texts', column: 'events.name' },
  'event-time-since-start': { kind: 'event-nanos' },
  'link-trace-id': { kind: 'texts', column: 'links.trace_id' },
  'link-span-id': { kind: 'texts', column: 'links.span_id' },
  'scope-name': { kind: 'text', sql: 'scope_name', isOptional: true },
  'scope-version': { kind: 'text', sql: 'scope_version', isOptional: true },
};

/** A comparison of what a span's own row tells of it. */
export function compareIntrinsic(name: SpanIntrinsic, comparison: Comparison): Approximation {
  const column = COLUMNS[name];
  switch (column.kind) {
    case 'text':
      return compareColumn(column, comparison);
    case 'word':
      return compareWord(column, comparison);
    case 'id':
      return compareId(column, comparison);
    case 'texts':
      return compareTexts(column.column, comparison);
    case 'nanos':
      return compareNanos(column.column, comparison);
    default: {
      const test = compareNanos('(toUnixTimestamp64Nano(time) - toUnixTimestamp64Nano(timestamp))', comparison, true);
      return within(test, 'time', 'events.timestamp');
    }
  }
}

/** That a span has it. */
export function hasIntrinsic(name: SpanIntrinsic): Approximation {
  const column = COLUMNS[name];
  switch (column.kind) {
    case 'text':
      return column.isOptional === true ? exactly(`${column.sql} != ''`) : EVERYTHING;
    case 'id':
      return exactly(column.isPresent);
    case 'texts':
      return exactly(`notEmpty(${column.column})`);
    case 'event-nanos':
      return exactly('notEmpty(events.timestamp)');
    default:
      return EVERYTHING;
  }
}

/** That a span does not have it. */
export function lacksIntrinsic(name: SpanIntrinsic): Approximation {
  const { sql } = hasIntrinsic(name);
  return sql === '1' ? NOTHING : exactly(`NOT (${sql})`);
}

/** The service, which a span without a name of one does not have. */
export function compareService(comparison: Comparison): Approximation {
  return compareColumn({ kind: 'text', sql: 'service', isOptional: true, isCounted: true }, comparison);
}

function compareColumn(column: Extract<IntrinsicColumn, { kind: 'text' }>, comparison: Comparison): Approximation {
  const compared = compareText(column.sql, comparison);
  const isFalseOfNone = comparison.op === '=' && comparison.value !== '';
  const condition =
    column.isOptional === true && !isFalseOfNone && compared.sql !== '0'
      ? { ...compared, sql: `(${column.sql} != '' AND ${compared.sql})` }
      : compared;
  return { ...condition, isCounted: column.isCounted === true };
}

/** A word that the column does not know cannot be compared with it. */
function compareWord(
  { column, words, isCounted }: Extract<IntrinsicColumn, { kind: 'word' }>,
  comparison: Comparison,
): Approximation {
  const isWord = (comparison.op === '=' || comparison.op === '!=') && words.includes(String(comparison.value));
  return { ...compareText(isWord ? column : `toString(${column})`, comparison), isCounted };
}

function compareId(column: Extract<IntrinsicColumn, { kind: 'id' }>, { op, value }: Comparison): Approximation {
  if (typeof value !== 'string') {
    return NOTHING;
  }
  const presence = column.isPresent === '1' ? '' : `${column.isPresent} AND `;
  if (op === '=' || op === '!=') {
    const isId = new RegExp(`^[0-9a-f]{${2 * column.bytes}}$`).test(value);
    if (!isId) {
      return op === '=' ? NOTHING : exactly(column.isPresent);
    }
    return exactly(`(${presence}${column.column} ${op} toFixedString(unhex('${value}'), ${column.bytes}))`);
  }
  const compared = compareText(`lower(hex(${column.column}))`, { op, value });
  return compared.sql === '0' ? NOTHING : { ...compared, sql: `(${presence}${compared.sql})` };
}

/** One of several must do. */
function compareTexts(column: string, comparison: Comparison): Approximation {
  return within(compareText('text', comparison), 'text', column);
}

function within(test: Approximation, name: string, column: string): Approximation {
  return test.sql === '0'
    ? NOTHING
    : { ...test, sql: `arrayExists(${name} -> ${test.sql}, ${column})`, isCounted: false };
}

const UINT64_MAX = 2n ** 64n - 1n;

/** A comparison of whole nanoseconds; without a sign where the column has none. */
export function compareNanos(sql: string, { op, value }: Comparison, isSigned = false): Approximation {
  if ((typeof value !== 'number' && typeof value !== 'bigint') || op === '=~' || op === '!~') {
    return NOTHING;
  }
  const whole = wholeComparison(op, value);
  if (typeof whole === 'boolean') {
    return whole ? EVERYTHING : NOTHING;
  }
  const [least, greatest] = isSigned ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, UINT64_MAX];
  if (whole.value < least || whole.value > greatest) {
    const isAbove = whole.value < least;
    const holds = whole.op === '!=' || (isAbove ? whole.op.startsWith('>') : whole.op.startsWith('<'));
    return holds ? EVERYTHING : NOTHING;
  }
  const literal = isSigned ? int64Literal(whole.value) : uint64Literal(whole.value);
  return exactly(`${sql} ${whole.op} ${literal}`);
}

type OrderOperator = Exclude<SpanComparisonOperator, '=~' | '!~'>;

/** The same comparison with a whole number, or what it always is. */
function wholeComparison(
  op: OrderOperator,
  value: number | bigint,
): { readonly op: OrderOperator; readonly value: bigint } | boolean {
  if (typeof value === 'bigint') {
    return { op, value };
  }
  if (Number.isInteger(value)) {
    return { op, value: BigInt(value) };
  }
  if (op === '=' || op === '!=') {
    return op === '!=' && !Number.isNaN(value);
  }
  if (!Number.isFinite(value)) {
    return !Number.isNaN(value) && value > 0 === op.startsWith('<');
  }
  return op.startsWith('<')
    ? { op: '<=', value: BigInt(Math.floor(value)) }
    : { op: '>=', value: BigInt(Math.ceil(value)) };
}
