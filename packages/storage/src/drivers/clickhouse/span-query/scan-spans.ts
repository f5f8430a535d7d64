import type { FetchedSpan, QueryStats, SpanScan } from '@aegisguard/model';
import { timeCondition } from '../selection-sql.ts';
import { attributesOf } from './attribute-survey.ts';
import { SpanBlocks } from './span-blocks.ts';
import { spanConditionSql } from './span-condition-sql.ts';
import type { SpanReading } from './span-reading.ts';

/** Hands over the spans of a range, block by block. */
export async function scanSpans(
  reading: SpanReading,
  { condition, start, end, parts }: SpanScan,
  onSpans: (spans: readonly FetchedSpan[]) => void,
): Promise<QueryStats> {
  if (start >= end) {
    return reading.stats;
  }
  const from = `FROM ${reading.spans} WHERE ${reading.org} AND ${timeCondition(start, end)}`;
  const survey = await reading.survey({ start, end }, attributesOf(condition));
  const blocks = new SpanBlocks(parts);
  const { sql } = spanConditionSql(condition, survey);
  await reading.spansOf(blocks, `SELECT ${blocks.columns.join(', ')} ${from} AND ${sql}`, onSpans);
  return reading.stats;
}
