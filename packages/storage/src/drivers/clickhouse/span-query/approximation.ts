/** A condition in SQL that is true wherever what it stands for is: it may find too much, never too little. */
export interface Approximation {
  readonly sql: string;
  /** Whether it is true nowhere else. */
  readonly isExact: boolean;
  /** Whether it names only columns that the projection `counts_by_minute` has. */
  readonly isCounted: boolean;
}

/** True of every row, and so is what it stands for. */
export const EVERYTHING: Approximation = { sql: '1', isExact: true, isCounted: true };
export const NOTHING: Approximation = { sql: '0', isExact: true, isCounted: true };
/** Nothing that SQL could tell. */
export const UNKNOWN: Approximation = { sql: '1', isExact: false, isCounted: false };

/** A condition that is what it stands for. */
export function exactly(sql: string): Approximation {
  return { sql, isExact: true, isCounted: sql === '1' || sql === '0' };
}

/** A condition that may be true of more. */
export function atMost(sql: string): Approximation {
  return { sql, isExact: sql === '0', isCounted: false };
}

/** All of them. */
export function allOf(parts: readonly Approximation[]): Approximation {
  const nothing = parts.find(({ sql }) => sql === '0');
  return nothing ?? joined(parts, '1', ' AND ');
}

/** One of them. */
export function anyOf(parts: readonly Approximation[]): Approximation {
  const everything = parts.find(({ sql, isExact }) => sql === '1' && isExact) ?? parts.find(({ sql }) => sql === '1');
  return everything ?? joined(parts, '0', ' OR ');
}

function joined(parts: readonly Approximation[], neutral: '0' | '1', operator: string): Approximation {
  const sqls = parts.map(({ sql }) => sql).filter((sql) => sql !== neutral);
  return {
    sql: sqls.length === 0 ? neutral : sqls.length === 1 ? String(sqls[0]) : `(${sqls.join(operator)})`,
    isExact: parts.every(({ isExact }) => isExact),
    isCounted: parts.every(({ isCounted }) => isCounted),
  };
}
