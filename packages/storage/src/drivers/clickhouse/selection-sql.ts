import type { LogHint, LogSelection, OrgId, UnixNanos } from '@aegisguard/model';
import { matcherCondition } from './label-sql.ts';
import { containsCondition, lineFilterCondition } from './line-filter-sql.ts';
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

/** What the matchers, line filters and hints ask for; `1` when they ask for nothing. */
export function filterCondition({
  matchers,
  lineFilters,
  hints = [],
}: Pick<LogSelection, 'matchers' | 'lineFilters' | 'hints'>): string {
  const conditions = [
    ...matchers.map(matcherCondition),
    ...lineFilters.map(lineFilterCondition),
    ...hints.map(hintCondition),
  ];
  return conditions.length === 0 ? '1' : conditions.map((condition) => `(${condition})`).join(' AND ');
}

/** Whether nothing is asked of the lines. */
export function isOfLabelsAlone({ lineFilters, hints = [] }: Pick<LogSelection, 'lineFilters' | 'hints'>): boolean {
  return lineFilters.length === 0 && hints.length === 0;
}

function hintCondition({ texts, matchers }: LogHint): string {
  // Of none, one is never true.
  return ['0', ...texts.map(containsCondition), ...matchers.map((matcher) => `(${matcherCondition(matcher)})`)].join(
    ' OR ',
  );
}
