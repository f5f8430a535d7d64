import { AegisError, type SpanQueryReader, type TraceCandidateSearch, type TracePosition } from '@aegisguard/model';
import type { FoundGroup } from '../group-search.ts';
import type { SearchWindow } from '../search-windows.ts';
import { traceIdLiteral } from '../trace-places.ts';
import { type Approximation, EVERYTHING } from './approximation.ts';
import { attributesOf } from './attribute-survey.ts';
import { conditionWithin } from './condition-within.ts';
import { countedConditions } from './counted-conditions.ts';
import { newestTraces } from './newest-traces.ts';
import { slowestTraces } from './slowest-traces.ts';
import type { SpanReading } from './span-reading.ts';
import { type TraceCondition, traceConditionsSql } from './trace-condition-sql.ts';
import { horizonOf } from './trace-horizon.ts';

/** Of all conditions together: a statement may have them and, twice, the ids of a thousand traces. */
const CONDITIONS_BYTES_MAX = 110_000;

/** Traces are looked for; how, depends on their order. */
export interface TraceQuest {
  readonly range: SearchWindow;
  /** Of all spans of the traces. */
  readonly horizon: SearchWindow;
  /** Each is true of a span of the trace; at least one. */
  readonly conditions: readonly Approximation[];
  /** What a single condition asks that `counts_by_minute` can tell. */
  readonly densityConditions: readonly string[];
  /** Conditions over all spans of the trace. */
  readonly having: readonly TraceCondition[];
  readonly wanted: number;
  readonly after: TracePosition | undefined;
}

/** A page of traces that may be meant. */
export async function findTraces(
  reading: SpanReading,
  search: TraceCandidateSearch,
): ReturnType<SpanQueryReader['findTraces']> {
  const { start, end, limit, sort, after } = search;
  assertPlace(after);
  if (start >= end) {
    return { traces: [], stats: reading.stats };
  }
  const quest = await questOf(reading, search);
  const find = sort === 'newest' ? newestTraces : slowestTraces;
  const found = quest.conditions.some(({ sql }) => sql === '0') ? [] : await find(reading, quest);
  const traces = found.slice(0, limit).map(({ hexId, key }: FoundGroup) => ({ traceId: hexId, key }));
  const next = found.length > limit ? traces.at(-1) : undefined;
  return {
    traces,
    ...(next === undefined ? {} : { next: { key: next.key, traceId: next.traceId } }),
    stats: reading.stats,
  };
}

async function questOf(reading: SpanReading, search: TraceCandidateSearch): Promise<TraceQuest> {
  const { conditions, limit, after } = search;
  const survey = await reading.survey(search, conditions.flatMap(attributesOf));
  let left = CONDITIONS_BYTES_MAX;
  const compiled = conditions.map((condition) => {
    const told = conditionWithin(left, condition, survey);
    left -= Buffer.byteLength(told.sql);
    return told;
  });
  // Whatever is true of some span of a trace, something is.
  const telling = compiled.filter(({ sql }) => sql !== '1');
  const [single] = conditions;
  return {
    range: { start: search.start, end: search.end },
    horizon: horizonOf(search),
    conditions: telling.length === 0 ? [EVERYTHING] : telling,
    densityConditions: conditions.length === 1 && single !== undefined ? countedConditions(single) : [],
    having: conditions.flatMap(traceConditionsSql),
    wanted: limit + 1,
    after,
  };
}

function assertPlace(after: TracePosition | undefined): void {
  if (
    after !== undefined &&
    (traceIdLiteral(after.traceId) === undefined || after.key < 0n || after.key >= 2n ** 64n)
  ) {
    throw new AegisError('invalid-cursor', { internal: 'not a place in an order of traces' });
  }
}
