import type { FoundNames, FoundSeriesLabels, OrgId, SeriesQuestion } from '@aegisguard/model';
import { LabelReading } from './label-reading.ts';
import type { TableNames } from './log-table.ts';
import { metricLabelExpression, seriesQuestionCondition } from './metric-selection-sql.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { wholeNumberLiteral } from './sql-literal.ts';

/*
 * A series has several rows until they are merged, and FINAL costs four times what taking each thing once does: what is asked for here is the same in all of them.
 */

/** Names of labels of the series that are meant. */
export async function selectLabelNames(
  runner: QueryRunner,
  { series }: TableNames,
  orgId: OrgId,
  question: SeriesQuestion,
  deadline: Deadline,
): Promise<FoundNames> {
  // Series have few sets of names: those first, then the names in them.
  const sets = `SELECT labels.keys AS names, max(metric != '') AS hasMetric FROM ${series} WHERE ${seriesQuestionCondition(orgId, question)} GROUP BY names`;
  const { rows } = await runner.run(
    `SELECT DISTINCT arrayJoin(if(hasMetric, arrayPushBack(names, '__name__'), names)) AS name FROM (${sets}) ORDER BY name LIMIT ${oneMore(question)}`,
    deadline,
  );
  return foundNames(rows, question);
}

/** Values of one label of the series that are meant; series without the label have none. */
export async function selectLabelValues(
  runner: QueryRunner,
  { series }: TableNames,
  orgId: OrgId,
  label: string,
  question: SeriesQuestion,
  deadline: Deadline,
): Promise<FoundNames> {
  const { rows } = await runner.run(
    `SELECT DISTINCT ${metricLabelExpression(label)} AS value FROM ${series} WHERE ${seriesQuestionCondition(orgId, question)} AND value != '' ORDER BY value LIMIT ${oneMore(question)}`,
    deadline,
  );
  return foundNames(rows, question);
}

/** Label sets of the series that are meant. */
export async function selectSeriesLabels(
  runner: QueryRunner,
  { series }: TableNames,
  orgId: OrgId,
  question: SeriesQuestion,
  deadline: Deadline,
): Promise<FoundSeriesLabels> {
  const once = `SELECT toString(metric) AS name, CAST(labels, 'Array(Tuple(String, String))') AS others FROM ${series} WHERE ${seriesQuestionCondition(orgId, question)} LIMIT 1 BY series_id`;
  const { rows } = await runner.run(
    `SELECT arraySort(if(name = '', others, arrayPushFront(others, ('__name__', name)))) AS pairs FROM (${once}) ORDER BY pairs LIMIT ${oneMore(question)}`,
    deadline,
  );
  const reading = new LabelReading();
  const found = rows.slice(0, question.limit).map(([pairs]) => {
    const texts = pairs as readonly (readonly [unknown, unknown])[];
    return reading.read(
      '',
      texts.map(([name]) => name),
      texts.map(([, value]) => value),
    );
  });
  return { series: found, isCut: rows.length > question.limit };
}

function oneMore({ limit }: SeriesQuestion): string {
  return wholeNumberLiteral(limit + 1);
}

function foundNames(rows: readonly (readonly unknown[])[], { limit }: SeriesQuestion): FoundNames {
  return { names: rows.slice(0, limit).map(([name]) => String(name)), isCut: rows.length > limit };
}
