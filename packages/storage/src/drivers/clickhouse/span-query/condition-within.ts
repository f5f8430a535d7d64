import type { SpanCondition } from '@aegisguard/model';
import { type Approximation, UNKNOWN } from './approximation.ts';
import type { AttributeSurvey } from './attribute-survey.ts';
import { spanConditionSql } from './span-condition-sql.ts';

/** Bytes of a statement: the engine reads 256 KiB, and its settings are among them. */
export const STATEMENT_BYTES_MAX = 240_000;

/** What is asked of a span, in so many bytes at most: where it takes more to tell shapes apart, they are not; where it still does, nothing is asked. */
export function conditionWithin(bytesMax: number, condition: SpanCondition, survey: AttributeSurvey): Approximation {
  const fits = ({ sql }: Approximation) => Buffer.byteLength(sql) <= bytesMax;
  const told = spanConditionSql(condition, survey);
  if (fits(told)) {
    return told;
  }
  const weaker = spanConditionSql(condition, { ...survey, shapes: undefined });
  return fits(weaker) ? weaker : UNKNOWN;
}
