import type { OrgId } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import { IS_STALE, timeMsLiteral } from './metric-selection-sql.ts';
import { orgCondition } from './selection-sql.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';

const HOUR_MS = 3_600_000;

/** An hour of an organization, or the part of its series that is computed at once. */
export interface RollupSlice {
  readonly orgId: OrgId;
  readonly hourEndMs: number;
  readonly retentionDays: number;
  /** Time of the computation, in Unix ms of the engine's clock. */
  readonly version: number;
  /** Series whose id modulo `slices` is `slice`. */
  readonly slice: number;
  readonly slices: number;
}

/** Of an hour's marks and those of the hour before. */
const IS_PENDING = 'max(is_own) = 1 AND max(touched_at) >= max(rolled_at)';

const COLUMNS =
  'organization_id, metric_id, series_id, bucket_end, count, sum, min, max, first, first_ms, last, last_ms, increase, version, retention_days';

/** Samples that an hour's rollups are made of: its own, and those of the hour before, which the first increase is counted from. */
export function hourCondition({ orgId, hourEndMs }: Pick<RollupSlice, 'orgId' | 'hourEndMs'>): string {
  return `${orgCondition(orgId)} AND timestamp > ${timeMsLiteral(hourEndMs - 2 * HOUR_MS)} AND timestamp <= ${timeMsLiteral(hourEndMs)}`;
}

/**
 * Computes the minutes of a slice from its samples. Each time counts once, by the rule of `orderedSamples`. A staleness marker is not a value; a minute that has nothing else gets a
 * row with count 0, so that it replaces what was there. Other NaNs count and make the sum NaN, but are passed over by minimum, maximum and increase.
 */
export function minutesInsert({ samples, rollups1m }: TableNames, slice: RollupSlice): string {
  const { hourEndMs } = slice;
  const isNumber = 'NOT isNaN(sample.3)';
  const isValue = 'NOT is_stale';
  return `INSERT INTO ${rollups1m} (${COLUMNS})
SELECT toUUID(${textLiteral(slice.orgId)}), metric_id, series_id, toDateTime(intDiv(sample.1 + 59999, 60000) * 60, 'UTC') AS bucket,
  countIf(${isValue}), sumIf(sample.3, ${isValue}),
  if(countIf(${isNumber}) = 0, nan, minIf(sample.3, ${isNumber})), if(countIf(${isNumber}) = 0, nan, maxIf(sample.3, ${isNumber})),
  argMinIf(sample.3, sample.1, ${isValue}), minIf(sample.1, ${isValue}), argMaxIf(sample.3, sample.1, ${isValue}), maxIf(sample.1, ${isValue}),
  sum(increment), ${versionAndRetention(slice)}
FROM (
  SELECT metric_id, series_id, sample, increment, ${IS_STALE.replace('value', 'sample.3')} AS is_stale FROM (
    SELECT metric_id, series_id,
      arraySort(groupArray((toUnixTimestamp64Milli(timestamp), reinterpretAsUInt64(value), value))) AS sorted,
      arrayFilter((one, next) -> one.1 != next.1, sorted, arrayPushBack(arrayPopFront(sorted), (toInt64(-1), toUInt64(0), toFloat64(0)))) AS once,
      arrayFill(x -> NOT isNaN(x), arrayMap(one -> one.3, once)) AS numbers,
      arrayMap((now, before) -> if(isNaN(now) OR isNaN(before), 0, if(now < before, now, now - before)), numbers, arrayPushFront(arrayPopBack(numbers), nan)) AS increments
    FROM ${samples}
    WHERE ${hourCondition(slice)} AND ${sliceCondition(slice)}
    GROUP BY metric_id, series_id
  ) ARRAY JOIN once AS sample, increments AS increment
  WHERE sample.1 > ${wholeNumberLiteral(hourEndMs - HOUR_MS)}
)
GROUP BY metric_id, series_id, bucket`;
}

/** Computes wider buckets of a slice from its minutes, those of the same computation; another process may have begun the same one in the same millisecond. */
export function widerInsert(tables: TableNames, slice: RollupSlice, seconds: 300 | 3600): string {
  const { orgId, hourEndMs, version } = slice;
  const hasMinimum = 'NOT isNaN(minute.min)';
  const endSeconds = wholeNumberLiteral(hourEndMs / 1000);
  return `INSERT INTO ${seconds === 300 ? tables.rollups5m : tables.rollups1h} (${COLUMNS})
SELECT toUUID(${textLiteral(orgId)}), metric_id, series_id, toDateTime(intDiv(toUnixTimestamp(bucket_end) + ${seconds - 1}, ${seconds}) * ${seconds}, 'UTC') AS bucket,
  sum(minute.count), sumIf(minute.sum, minute.count > 0),
  if(countIf(${hasMinimum}) = 0, nan, minIf(minute.min, ${hasMinimum})), if(countIf(${hasMinimum}) = 0, nan, maxIf(minute.max, ${hasMinimum})),
  argMinIf(minute.first, minute.first_ms, minute.count > 0), minIf(minute.first_ms, minute.count > 0),
  argMaxIf(minute.last, minute.last_ms, minute.count > 0), maxIf(minute.last_ms, minute.count > 0),
  sum(minute.increase), ${versionAndRetention(slice)}
FROM (
  SELECT * FROM ${tables.rollups1m}
  WHERE ${orgCondition(orgId)} AND bucket_end > toDateTime(${endSeconds} - 3600, 'UTC') AND bucket_end <= toDateTime(${endSeconds}, 'UTC') AND version = ${wholeNumberLiteral(version)} AND ${sliceCondition(slice)}
  LIMIT 1 BY metric_id, series_id, bucket_end
) AS minute
GROUP BY metric_id, series_id, bucket`;
}

function versionAndRetention({ version, retentionDays }: RollupSlice): string {
  return `toUInt64(${wholeNumberLiteral(version)}), toUInt16(${wholeNumberLiteral(retentionDays)})`;
}

function sliceCondition({ slice, slices }: RollupSlice): string {
  return slices === 1 ? '1' : `series_id % ${wholeNumberLiteral(slices)} = ${wholeNumberLiteral(slice)}`;
}

/**
 * Hours whose samples changed after their rollups were computed, or those of the hour before, from which an increase reaches over; the oldest of each organization first, then the
 * second of each. Each with the end in Unix seconds and its retention. An hour is computed when it has been over for a while, so that most of its samples are there.
 */
export function pendingHoursQuery({ metricHours }: TableNames, endedBeforeMs: number, limit: number): string {
  return `SELECT toString(organization_id), toUnixTimestamp(hour_end), retention FROM (
SELECT organization_id, hour_end, max(retention_days) AS retention, row_number() OVER (PARTITION BY organization_id ORDER BY hour_end) AS place FROM (
  SELECT organization_id, hour_end, touched_at, rolled_at, retention_days, 1 AS is_own FROM ${metricHours}
  UNION ALL
  SELECT organization_id, hour_end + toIntervalHour(1) AS hour_end, touched_at, toDateTime64(0, 3, 'UTC') AS rolled_at, 0 AS retention_days, 0 AS is_own FROM ${metricHours}
)
GROUP BY organization_id, hour_end
HAVING ${IS_PENDING} AND hour_end <= toDateTime(${wholeNumberLiteral(Math.floor(endedBeforeMs / 1000))}, 'UTC')
) ORDER BY place, hour_end, organization_id LIMIT ${wholeNumberLiteral(limit)}`;
}

/** The ends, in Unix seconds, of an organization's hours with buckets that end from `firstEnd` to `lastEnd`, of which the rollups do not know all samples; ascending. */
export function pendingHoursOfQuery(
  { metricHours }: TableNames,
  orgId: OrgId,
  firstEnd: number,
  lastEnd: number,
): string {
  const time = (seconds: number) => `toDateTime(${wholeNumberLiteral(seconds)}, 'UTC')`;
  const ended = (from: number, until: number) =>
    `${orgCondition(orgId)} AND hour_end >= ${time(from)} AND hour_end < ${time(until)}`;
  const until = lastEnd + HOUR_MS / 1000;
  return `SELECT toUnixTimestamp(ended) FROM (
  SELECT hour_end AS ended, touched_at, rolled_at, 1 AS is_own FROM ${metricHours} WHERE ${ended(firstEnd, until)}
  UNION ALL
  SELECT hour_end + toIntervalHour(1) AS ended, touched_at, toDateTime64(0, 3, 'UTC') AS rolled_at, 0 AS is_own FROM ${metricHours} WHERE ${ended(firstEnd - HOUR_MS / 1000, until)}
)
GROUP BY ended HAVING ${IS_PENDING} ORDER BY ended`;
}

/** Says that an hour's rollups know all samples that were there at `version`. */
export function rolledInsert(
  { metricHours }: TableNames,
  { orgId, hourEndMs, version, retentionDays }: Omit<RollupSlice, 'slice' | 'slices'>,
): string {
  const zero = "toDateTime64(0, 3, 'UTC')";
  return `INSERT INTO ${metricHours} (organization_id, hour_end, touched_at, rolled_at, retention_days) SELECT toUUID(${textLiteral(orgId)}), toDateTime(${wholeNumberLiteral(hourEndMs / 1000)}, 'UTC'), ${zero}, ${timeMsLiteral(version)}, ${wholeNumberLiteral(retentionDays)}`;
}
