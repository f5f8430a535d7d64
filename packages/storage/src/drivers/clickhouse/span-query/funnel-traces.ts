import { AegisError, FunnelTally, type SpanFunnel, type SpanFunnelQuery } from '@aegisguard/model';
import { fitting } from '../group-search.ts';
import { SPAN_GROUPS_MAX } from '../query-runner.ts';
import { timeCondition } from '../selection-sql.ts';
import type { Approximation } from './approximation.ts';
import { attributesOf } from './attribute-survey.ts';
import { STATEMENT_BYTES_MAX } from './condition-within.ts';
import { FunnelBlocks } from './funnel-blocks.ts';
import { funnelSql } from './funnel-sql.ts';
import { repeatedSpans } from './repeated-spans.ts';
import { spanConditionSql } from './span-condition-sql.ts';
import type { SpanReading } from './span-reading.ts';

/** Steps are the bits of a byte. */
const STEPS_MAX = 8;
/** Traces that do not fit into memory together are asked for in so many parts, one after the other. */
const PARTS = [1, 4, 16, 64] as const;
/** A statement says each condition so many times, and so much besides, ids of spans included, at most. */
const TIMES_SAID = 3;
const REST_BYTES = 60_000;

/** Tells how traces go through steps; undefined where SQL could not tell exactly. */
export async function funnelTraces(reading: SpanReading, query: SpanFunnelQuery): Promise<SpanFunnel | undefined> {
  const { start, end, steps } = query;
  if (start >= end) {
    return new FunnelTally(query).funnel(reading.stats);
  }
  const survey = await reading.survey({ start, end }, steps.flatMap(attributesOf));
  const conditions = steps.map((step) => spanConditionSql(step, survey));
  const isTold = steps.length <= STEPS_MAX && conditions.every(({ isExact }) => isExact);
  const said = conditions.reduce((sum, { sql }) => sum + Buffer.byteLength(sql), 0);
  if (!isTold || said * TIMES_SAID + REST_BYTES > STATEMENT_BYTES_MAX) {
    return undefined;
  }
  const ofRange = `${reading.org} AND ${timeCondition(start, end)}`;
  for (const parts of PARTS) {
    const tally = new FunnelTally(query);
    const ofParts = Array.from({ length: parts }, (_, part) =>
      parts === 1 ? ofRange : `${ofRange} AND cityHash64(trace_id) % ${parts} = ${part}`,
    );
    if ((await fitting(addAll(reading, ofParts, conditions, tally))) === true) {
      return tally.funnel(reading.stats);
    }
    // Parts do not make the traces fewer.
    tally.throwIfFull();
  }
  throw new AegisError('query-too-large', {
    detail: 'The steps have too many spans: ask for a shorter time, or for more in each step.',
  });
}

async function addAll(
  reading: SpanReading,
  parts: readonly string[],
  conditions: readonly Approximation[],
  tally: FunnelTally,
): Promise<true> {
  const blocks = new FunnelBlocks(conditions.length);
  for (const where of parts) {
    const repeated = await repeatedSpans(reading, where);
    let rowsRead = 0;
    const answer = await reading.runner.stream(
      funnelSql({ table: reading.spans, where, repeated }, conditions),
      reading.deadline,
      (piece) => {
        for (const path of blocks.paths(piece)) {
          tally.add(path);
          rowsRead += 1;
        }
      },
      { groupsMax: SPAN_GROUPS_MAX },
    );
    reading.answers.push({ ...answer, rowsRead });
  }
  return true;
}
