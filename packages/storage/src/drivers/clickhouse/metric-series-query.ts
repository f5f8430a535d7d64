import { AegisError, type Labels, type MetricSelection, type OrgId } from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';
import type { TableNames } from './log-table.ts';
import { type SeriesKey, seriesCondition } from './metric-selection-sql.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { wholeNumberLiteral } from './sql-literal.ts';

/** A series that matches. */
export interface FoundSeries extends SeriesKey {
  readonly labels: Labels;
}

/** Series that match and may have samples in the range, ascending by metric and id; `query-too-large` when there are more than `seriesMax`. */
export async function findSeries(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  selection: MetricSelection,
  seriesMax: number,
  deadline: Deadline,
): Promise<{ series: FoundSeries[]; answer: EngineAnswer }> {
  const answer = await runner.run(
    `SELECT toString(metric_id), toString(series_id), any(metric), any(mapKeys(labels)), any(mapValues(labels)) FROM ${tables.series} WHERE ${seriesCondition(orgId, selection)} GROUP BY metric_id, series_id ORDER BY metric_id, series_id LIMIT ${wholeNumberLiteral(seriesMax + 1)}`,
    deadline,
  );
  if (answer.rows.length > seriesMax) {
    throw new AegisError('query-too-large', { detail: `The query selects more than ${seriesMax} series.` });
  }
  const series = answer.rows.map(([metricId, id, metric, names, values]) => ({
    id: BigInt(String(id)),
    metricId: BigInt(String(metricId)),
    labels: readLabels(String(metric), names, values),
  }));
  return { series, answer };
}

/** Names and values of a stored map as labels. */
export function readLabels(metric: string, names: unknown, values: unknown): Labels {
  const texts = values as readonly unknown[];
  const labels = (names as readonly unknown[]).map((name, index) => [String(name), String(texts[index])] as const);
  if (metric !== '') {
    labels.push(['__name__', metric]);
  }
  return labels.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
}
