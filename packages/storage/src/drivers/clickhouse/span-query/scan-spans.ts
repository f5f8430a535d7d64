import type { FetchedSpan, QueryStats, SpanScan } from '@aegisguard/model';
import { timeCondition } from '../selection-sql.ts';
import { attributesOf } from './attribute-survey.ts';
import { conditionWithin } from './condition-within.ts';
import { SpanBlocks } from './span-blocks.ts';
import type { SpanReading } from './span-reading.ts';

/** Of a statement that says little else. */
const CONDITION_BYTES_MAX = 200_000;

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
  const { sql } = conditionWithin(CONDITION_BYTES_MAX, condition, survey);
  await reading.spansOf(blocks, `SELECT ${blocks.columns.join(', ')} ${from} AND ${sql}`, onSpans);
  return reading.stats;
}
