import { readDensity, windowBefore } from '../density.ts';
import type { FoundGroup } from '../group-search.ts';
import { isByExtentBest, searchByExtent } from './extent-search.ts';
import type { TraceQuest } from './find-traces.ts';
import { rarestCondition } from './leading-condition.ts';
import type { SpanReading } from './span-reading.ts';
import { TRACE_DURATION } from './trace-extents.ts';
import { searchWindows } from './window-search.ts';

/** Spans that meet the conditions in a first window; as all windows must be looked through, the fewer the better. */
const FIRST_TARGET = 200_000;
const SHARE_MIN = 0.0001;
/** Spans by which conditions are judged. */
const SAMPLE_TARGET = 100_000;
/** Where more than one of so many spans meets the conditions, the slowest traces are looked at one by one: some of them will do. */
const FREQUENT_SHARE = 0.02;

/** Finds the traces that take longest. */
export async function slowestTraces(reading: SpanReading, quest: TraceQuest): Promise<readonly FoundGroup[]> {
  const { runner, spans, orgId, deadline, answers } = reading;
  const { range, conditions, wanted } = quest;
  const density = await readDensity(runner, spans, orgId, range, quest.densityConditions, deadline);
  answers.push(density.answer);
  const { condition: leading, share } = await rarestCondition(
    reading,
    conditions,
    windowBefore(range, density, range.end, SAMPLE_TARGET),
  );
  const isByExtent = share >= FREQUENT_SHARE && isByExtentBest(quest, density);
  const byExtent = isByExtent
    ? await searchByExtent(reading, quest, TRACE_DURATION)
    : { found: [], rest: { after: quest.after } };
  if (byExtent.rest === undefined) {
    return byExtent.found;
  }
  const firstTarget = FIRST_TARGET / Math.max(share, SHARE_MIN);
  const windows = { leading, density, firstTarget, key: TRACE_DURATION, isKeyStart: false };
  const rest = await searchWindows(reading, { ...quest, ...byExtent.rest }, windows);
  return [...byExtent.found, ...rest].slice(0, wanted);
}
