import type { FetchedSpan, QueryStats, SpanScan } from '@aegisguard/model';
import { timeCondition } from '../selection-sql.ts';
import { attributesOf } from './attribute-survey.ts';
import { conditionWithin } from './condition-within.ts';
import { lastVersionsSql, repeatedSpans } from './repeated-spans.ts';
import { SpanBlocks } from './span-blocks.ts';
import type { SpanReading } from './span-reading.ts';

/** Of a statement that says little else. */
const CONDITION_BYTES_MAX = 200_000;

/** Hands over the spans of a range, block by block. */
export async function scanSpans(
  reading: SpanReading,
  { condition, start, end, parts, lastVersions }: SpanScan,
  onSpans: (spans: readonly FetchedSpan[]) => void,
): Promise<QueryStats> {
  if (start >= end) {
    return reading.stats;
  }
  const ofRange = `${reading.org} AND ${timeCondition(start, end)}`;
  const survey = await reading.survey({ start, end }, attributesOf(condition));
  const blocks = new SpanBlocks(parts);
  const { sql } = conditionWithin(CONDITION_BYTES_MAX, condition, survey);
  const select = `SELECT ${blocks.columns.join(', ')} FROM ${reading.spans} WHERE ${ofRange}`;
  const repeated = lastVersions ? await repeatedSpans(reading, ofRange) : undefined;
  if (repeated === undefined) {
    await reading.spansOf(blocks, `${select} AND ${sql}`, onSpans);
  } else {
    await reading.spansOf(blocks, `${select} AND ${sql} AND ${repeated.once}`, onSpans);
    // Which of several came last is known before what is asked of it: whoever asked looks again.
    await reading.spansOf(blocks, lastVersionsSql(`${select} AND ${repeated.repeated}`), onSpans);
  }
  return reading.stats;
}
