import { AegisError, FunnelTally, type SpanFunnel, type SpanFunnelQuery } from '@aegisguard/model';
import { fitting } from '../group-search.ts';
import { SPAN_GROUPS_MAX } from '../query-runner.ts';
import { attributesOf } from './attribute-survey.ts';
import { STATEMENT_BYTES_MAX } from './condition-within.ts';
import { FunnelBlocks } from './funnel-blocks.ts';
import { funnelSql } from './funnel-sql.ts';
import { spanConditionSql } from './span-condition-sql.ts';
import type { SpanReading } from './span-reading.ts';

/** Steps are the bits of a byte. */
const STEPS_MAX = 8;
/** Traces that do not fit into memory together are asked for in so many parts, one after the other. */
const PARTS = [1, 4, 16, 64] as const;

/** Tells how traces go through steps; undefined where SQL could not tell exactly. */
export async function funnelTraces(reading: SpanReading, query: SpanFunnelQuery): Promise<SpanFunnel | undefined> {
  const { start, end, steps } = query;
  if (start >= end) {
    return new FunnelTally(query).funnel(reading.stats);
  }
  const survey = await reading.survey({ start, end }, steps.flatMap(attributesOf));
  const conditions = steps.map((step) => spanConditionSql(step, survey));
  const statement = (part: number, parts: number) => funnelSql(reading, query, conditions, { part, parts });
  const isTold = steps.length <= STEPS_MAX && conditions.every(({ isExact }) => isExact);
  if (!isTold || Buffer.byteLength(statement(0, 2)) > STATEMENT_BYTES_MAX) {
    return undefined;
  }
  for (const parts of PARTS) {
    const tally = new FunnelTally(query);
    const statements = Array.from({ length: parts }, (_, part) => statement(part, parts));
    if ((await fitting(addAll(reading, statements, tally, steps.length))) === true) {
      return tally.funnel(reading.stats);
    }
    tally.throwIfFull();
  }
  throw new AegisError('query-too-large', {
    detail: 'The steps have too many spans: ask for a shorter time, or for more in each step.',
  });
}

async function addAll(
  reading: SpanReading,
  statements: readonly string[],
  tally: FunnelTally,
  steps: number,
): Promise<true> {
  const blocks = new FunnelBlocks(steps);
  for (const sql of statements) {
    let rowsRead = 0;
    const answer = await reading.runner.stream(
      sql,
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
    tally.throwIfFull();
  }
  return true;
}
