import {
  AegisError,
  type ExemplarSample,
  type FoundMetadata,
  type Labels,
  METRIC_TYPES,
  type MetadataQuestion,
  type MetricSelection,
  type OrgId,
} from '@aegisguard/model';
import { base64Array, readFloats } from './base64-column.ts';
import { LabelReading } from './label-reading.ts';
import type { TableNames } from './log-table.ts';
import type { MetricReading } from './metric-reading.ts';
import { seriesKeysCondition, timeRangeCondition } from './metric-selection-sql.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';

const SERIES_AT_ONCE = 2_000;
const EXEMPLARS_MAX = 100_000;

/** Exemplars of one series, ascending in time. */
export interface SeriesExemplars {
  readonly labels: Labels;
  readonly exemplars: readonly Omit<ExemplarSample, 'series'>[];
}

/** Reads exemplars of the matching series that have any; one that was stored twice is one. */
export async function selectExemplars(
  { runner, tables, finder, orgId, limits, deadline }: MetricReading,
  selection: MetricSelection,
): Promise<SeriesExemplars[]> {
  if (selection.startMs >= selection.endMs) {
    return [];
  }
  const { series, byLabels } = await finder.find(orgId, selection, limits.seriesMax, deadline);
  const reading = new LabelReading();
  const found = new Map<string, Omit<ExemplarSample, 'series'>[]>();
  let count = 0;
  for (let first = 0; first < series.length; first += SERIES_AT_ONCE) {
    const keys = series.slice(first, first + SERIES_AT_ONCE);
    const { rows } = await runner.run(
      `SELECT DISTINCT toString(series_id), toUnixTimestamp64Milli(timestamp) AS time, ${base64Array('[value]')} AS bits, mapKeys(labels) AS names, mapValues(labels) AS texts FROM ${tables.exemplars} WHERE ${seriesKeysCondition(orgId, keys)} AND ${timeRangeCondition(selection)} ORDER BY time, bits, names, texts LIMIT ${EXEMPLARS_MAX + 1}`,
      deadline,
    );
    count += rows.length;
    if (count > EXEMPLARS_MAX) {
      throw new AegisError('query-too-large', { detail: `The query selects more than ${EXEMPLARS_MAX} exemplars.` });
    }
    for (const [id, time, bits, names, values] of rows) {
      const exemplars = found.get(String(id)) ?? [];
      exemplars.push({
        timestampMs: Number(time),
        value: readFloats(bits)[0] ?? 0,
        labels: reading.read('', names, values),
      });
      found.set(String(id), exemplars);
    }
  }
  return byLabels
    .map(({ id, labels }) => ({ labels, exemplars: found.get(id.toString()) ?? [] }))
    .filter(({ exemplars }) => exemplars.length > 0);
}

/** Characters of a help or a unit that are read; senders may write a book. */
const TEXT_LENGTH_MAX = 4096;

/** Reads metadata; of several the one received last. In the table's order, so that a limit ends the reading. */
export async function selectMetadata(
  runner: QueryRunner,
  { metadata }: TableNames,
  orgId: OrgId,
  { limit, metric }: MetadataQuestion,
  deadline: Deadline,
): Promise<FoundMetadata> {
  const one = metric === undefined ? '' : ` AND metric = ${textLiteral(metric)}`;
  const cut = (column: string) => `leftUTF8(${column}, ${TEXT_LENGTH_MAX})`;
  const { rows } = await runner.run(
    `SELECT metric, type, ${cut('toString(unit)')}, ${cut('help')} FROM ${metadata} WHERE ${orgCondition(orgId)}${one} ORDER BY metric, updated_at DESC, type DESC, unit DESC, help DESC LIMIT 1 BY metric LIMIT ${wholeNumberLiteral(limit + 1)}`,
    deadline,
  );
  const found = rows.slice(0, limit).map(([name, type, unit, help]) => ({
    metric: String(name),
    type: METRIC_TYPES.find((known) => known === type) ?? 'unknown',
    unit: String(unit),
    help: String(help),
  }));
  return { metadata: found, isCut: rows.length > limit };
}
