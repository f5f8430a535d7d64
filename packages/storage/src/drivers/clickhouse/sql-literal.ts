// https://clickhouse.com/docs/en/sql-reference/syntax#string
const SPECIAL = /[\0\b\t\n\f\r'\\]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  "'": "\\'",
  '\\': '\\\\',
};

/**
 * A text as a ClickHouse string literal; every value that reaches SQL goes through here. Literals rather than `{name:Type}` parameters, because the embedded engine binds
 * parameters for the whole process, one query at a time (chdb 3.4, `globalParamChain`): a slow query would hold up all others. That no text gets out of its quotes is a property test.
 */
export function textLiteral(value: string): string {
  return `'${value.toWellFormed().replace(SPECIAL, (character) => ESCAPES[character] ?? character)}'`;
}

/** A whole number as a ClickHouse literal of a 64-bit type, clamped to what it holds. */
export function int64Literal(value: bigint): string {
  const clamped = value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : value;
  return `toInt64('${clamped}')`;
}

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** A 64-bit id as a ClickHouse literal of an unsigned number. */
export function uint64Literal(value: bigint): string {
  return BigInt.asUintN(64, value).toString();
}

/** A whole number as a literal; throws on anything else. */
export function wholeNumberLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) {
    throw new TypeError(`not a whole number: ${value}`);
  }
  return String(value);
}

/** A `LIKE` pattern that matches texts containing the value, as a literal. */
export function containsPatternLiteral(value: string): string {
  return textLiteral(`%${value.replace(/[\\%_]/g, '\\$&')}%`);
}

/** A name of a database in backquotes. */
export function nameLiteral(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
    throw new TypeError(`not a name of a database: ${JSON.stringify(name)}`);
  }
  return `\`${name}\``;
}

/** A name of a column of ours in backquotes: those of nested ones have a dot. */
export function columnLiteral(name: string): string {
  return `\`${name}\``;
}
