import type { LogSelection, OrgId, UnixNanos } from '@aegisguard/model';
import { matcherCondition } from './label-sql.ts';
import { lineFilterCondition } from './line-filter-sql.ts';
import { int64Literal, textLiteral } from './sql-literal.ts';

/** The condition that every query of an organization's logs begins with. */
export function orgCondition(orgId: OrgId): string {
  return `organization_id = ${textLiteral(orgId)}`;
}

/** A time as a constant of the timestamp column's type. */
export function timeLiteral(time: bigint): string {
  return `fromUnixTimestamp64Nano(${int64Literal(time)}, 'UTC')`;
}

/** `start` ≤ timestamp < `end`. */
export function timeCondition(start: UnixNanos, end: UnixNanos): string {
  return `timestamp >= ${timeLiteral(start)} AND timestamp < ${timeLiteral(end)}`;
}

/** What the matchers and line filters ask for; `1` when they ask for nothing. */
export function filterCondition({ matchers, lineFilters }: Pick<LogSelection, 'matchers' | 'lineFilters'>): string {
  const conditions = [...matchers.map(matcherCondition), ...lineFilters.map(lineFilterCondition)];
  return conditions.length === 0 ? '1' : conditions.map((condition) => `(${condition})`).join(' AND ');
}
