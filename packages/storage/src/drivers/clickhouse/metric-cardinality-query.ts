import type { Cardinality, OrgId, SeriesQuestion } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import { seriesQuestionCondition } from './metric-selection-sql.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { wholeNumberLiteral } from './sql-literal.ts';

/** Pairs of name and value that are counted at once; the memory of a query is a bound, too. */
const PAIRS_MAX = 2_000_000;

/** Counts where series come from: metrics in one statement, the other labels in another. A label's values are at most `limit`: a pair beyond them is beyond them among all pairs, too. */
export async function selectCardinality(
  runner: QueryRunner,
  { series }: TableNames,
  orgId: OrgId,
  question: SeriesQuestion,
  deadline: Deadline,
): Promise<Cardinality> {
  const where = seriesQuestionCondition(orgId, question);
  const ofMetrics = `SELECT metric AS value, uniqExact(series_id) AS seriesCount FROM ${series} WHERE ${where} GROUP BY value`;
  const [metrics] = await readLabelCounts(
    runner,
    `SELECT '__name__', countIf(value != ''), sumIf(seriesCount, value != ''), ${largestValues(question)}, sum(seriesCount) FROM (${ofMetrics})`,
    deadline,
  );
  const once = `SELECT labels.keys AS names, labels.values AS texts FROM ${series} WHERE ${where} LIMIT 1 BY series_id`;
  const ofPairs = `SELECT name, value, count() AS seriesCount FROM (${once}) ARRAY JOIN names AS name, texts AS value GROUP BY name, value`;
  const others = await readLabelCounts(
    runner,
    `SELECT name, count(), sum(seriesCount), ${largestValues(question)}, 0 FROM (${ofPairs}) GROUP BY name`,
    deadline,
  );
  const labels = [...(metrics === undefined ? [] : [metrics]), ...others].filter(({ values }) => values > 0);
  return {
    seriesCount: metrics?.total ?? 0,
    metrics: (metrics?.largest ?? [])
      .slice(0, question.limit)
      .map(({ value, series: count }) => ({ metric: value, series: count })),
    labels: labels
      .map(({ name, values, series: count }) => ({ name, values, series: count }))
      .sort((left, right) => right.values - left.values || right.series - left.series || order(left.name, right.name))
      .slice(0, question.limit),
    pairs: labels
      .flatMap(({ name, largest }) => largest.map((one) => ({ name, ...one })))
      .sort(
        (left, right) => right.series - left.series || order(left.name, right.name) || order(left.value, right.value),
      )
      .slice(0, question.limit),
  };
}

/** What a statement says about one label. */
interface LabelCounts {
  readonly name: string;
  readonly values: number;
  readonly series: number;
  readonly largest: readonly { readonly value: string; readonly series: number }[];
  readonly total: number;
}

async function readLabelCounts(runner: QueryRunner, sql: string, deadline: Deadline): Promise<LabelCounts[]> {
  const { rows } = await runner.run(sql, deadline, { groupsMax: PAIRS_MAX });
  return rows.map(([name, values, series, largest, total]) => ({
    name: String(name),
    values: Number(values),
    series: Number(series),
    largest: (largest as readonly (readonly [unknown, unknown])[]).map(([count, value]) => ({
      value: String(value),
      series: -Number(count),
    })),
    total: Number(total),
  }));
}

/** The values with the most series, those first; equals in order of values. */
function largestValues({ limit }: SeriesQuestion): string {
  return `groupArraySortedIf(${wholeNumberLiteral(Math.max(1, limit))})((-toInt64(seriesCount), toString(value)), value != '')`;
}

/** The order of UTF-8 bytes, as the engine has it. */
function order(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
