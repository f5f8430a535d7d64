import type { LabelMatcher, MetricSelection, OrgId, SeriesQuestion } from '@aegisguard/model';
import { plainAlternatives, wholeValuePattern } from './re2-pattern.ts';
import { orgCondition } from './selection-sql.ts';
import { SERIES_ROW_MS } from './series-memory.ts';
import { int64Literal, textLiteral, uint64Literal } from './sql-literal.ts';

/** What names a series in the tables of samples. */
export interface SeriesKey {
  readonly id: bigint;
  readonly metricId: bigint;
}

/** The bits of the staleness marker as the value column has them. */
export const IS_STALE = 'reinterpretAsUInt64(value) = 9218868437227405314';

// DateTime64 with milliseconds holds the years 1900 to 2299.
const TIME_MIN = -2_208_988_800_000;
const TIME_MAX = 10_413_791_999_999;

/** A time in Unix ms as a constant of the timestamp columns' type. Fractions are cut off downwards: stored times have none. */
export function timeMsLiteral(timeMs: number): string {
  const clamped = Math.floor(Math.min(TIME_MAX, Math.max(TIME_MIN, timeMs)));
  return `fromUnixTimestamp64Milli(${int64Literal(BigInt(clamped))}, 'UTC')`;
}

/** `startMs` < timestamp ≤ `endMs`. */
export function timeRangeCondition({ startMs, endMs }: Pick<MetricSelection, 'startMs' | 'endMs'>): string {
  return `timestamp > ${timeMsLiteral(startMs)} AND timestamp <= ${timeMsLiteral(endMs)}`;
}

/** The organization's samples of these series, or of all series of their metrics. */
export function seriesKeysCondition(orgId: OrgId, keys: readonly SeriesKey[], isListed = true): string {
  const metrics = [...new Set(keys.map(({ metricId }) => metricId))];
  const list = (ids: readonly bigint[]) => ids.map(uint64Literal).join(', ');
  const ofSeries = isListed ? ` AND series_id IN (${list(keys.map(({ id }) => id))})` : '';
  return `${orgCondition(orgId)} AND metric_id IN (${list(metrics)})${ofSeries}`;
}

/**
 * The organization's samples of a stretch of series, which are in order of metric and id and of whose metrics all series in between are meant. Rows are not looked up in a list of
 * ids, which costs a third of reading them.
 */
export function seriesStretchCondition(orgId: OrgId, keys: readonly SeriesKey[]): string {
  const metrics = [...new Set(keys.map(({ metricId }) => metricId))];
  const [first, last] = [keys[0], keys.at(-1)];
  const edge = (key: SeriesKey | undefined, op: '<' | '>') =>
    key === undefined ? '0' : `metric_id = ${uint64Literal(key.metricId)} AND series_id ${op} ${uint64Literal(key.id)}`;
  return `${orgCondition(orgId)} AND metric_id IN (${metrics.map(uint64Literal).join(', ')}) AND NOT (${edge(first, '<')}) AND NOT (${edge(last, '>')})`;
}

/** Rows of series that match and may have samples in the range. */
export function seriesCondition(orgId: OrgId, { matchers, startMs, endMs }: MetricSelection): string {
  return [
    orgCondition(orgId),
    `last_seen >= ${timeMsLiteral(startMs - SERIES_ROW_MS)}`,
    `first_seen <= ${timeMsLiteral(endMs)}`,
    ...matchers.map((matcher) => `(${matcherCondition(matcher)})`),
  ].join(' AND ');
}

/** Rows of series that a question for names and series is about. */
export function seriesQuestionCondition(orgId: OrgId, { selections, startMs, endMs }: SeriesQuestion): string {
  const meant = selections.map((matchers) => ['1', ...matchers.map(matcherCondition)].join(' AND '));
  return `${seriesCondition(orgId, { matchers: [], startMs, endMs })} AND (${meant.length === 0 ? '1' : meant.join(' OR ')})`;
}

/** A label's value; `''` when the series does not have it. */
export function metricLabelExpression(name: string): string {
  return name === '__name__' ? 'metric' : `labels[${textLiteral(name)}]`;
}

function matcherCondition({ name, op, value }: LabelMatcher): string {
  const label = metricLabelExpression(name);
  switch (op) {
    case '=':
    case '!=':
      return `${label} ${op} ${textLiteral(value)}`;
    default: {
      const alternatives = plainAlternatives(value);
      const matches =
        alternatives === undefined
          ? `match(${label}, ${textLiteral(wholeValuePattern(value))})`
          : `${label} IN (${alternatives.map(textLiteral).join(', ')})`;
      return op === '=~' ? matches : `NOT ${matches}`;
    }
  }
}
