import type { SpanCondition } from '@aegisguard/model';
import { readDensity, windowBefore } from '../density.ts';
import type { SearchWindow } from '../search-windows.ts';
import { timeCondition } from '../selection-sql.ts';
import { type AttributeField, type AttributeSurvey, attributesOf } from './attribute-survey.ts';
import { conditionWithin } from './condition-within.ts';
import { countedConditions } from './counted-conditions.ts';
import type { SpanReading } from './span-reading.ts';

/** Spans of the first window, which is looked at from its end; then so many times more, until something is found. */
const FIRST_TARGET = 100_000;
const GROWTH = 10;
/** The rest of the statement is for what is asked of these spans. */
const CONDITION_BYTES_MAX = 100_000;

/** The latest spans of a range that may meet a condition. */
export interface LatestSpans {
  /** A FROM with its WHERE. */
  readonly from: string;
  readonly survey: AttributeSurvey;
}

/** Asks the latest spans of a range; of more of them while they give nothing. */
export async function askLatest<Found>(
  reading: SpanReading,
  asked: SearchWindow & { readonly condition: SpanCondition },
  fields: readonly AttributeField[],
  ask: (latest: LatestSpans) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const { condition } = asked;
  if (asked.start >= asked.end) {
    return [];
  }
  const { runner, spans, orgId, deadline } = reading;
  const density = await readDensity(runner, spans, orgId, asked, countedConditions(condition), deadline);
  reading.answers.push(density.answer);
  let end: bigint = asked.end;
  for (let target = FIRST_TARGET; end > asked.start; target *= GROWTH) {
    const window = windowBefore(asked, density, end, target);
    const inWindow = `FROM ${spans} WHERE ${reading.org} AND ${timeCondition(window.start, window.end)}`;
    const survey = await reading.survey(window, [...attributesOf(condition), ...fields]);
    const { sql } = conditionWithin(CONDITION_BYTES_MAX, condition, survey);
    const found = sql === '0' ? [] : await ask({ from: `${inWindow} AND ${sql}`, survey });
    if (found.length > 0) {
      return found;
    }
    end = window.start;
  }
  return [];
}
