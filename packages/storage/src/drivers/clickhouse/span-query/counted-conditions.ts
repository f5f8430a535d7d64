import type { SpanCondition } from '@aegisguard/model';
import { attributesOf, NO_SURVEY } from './attribute-survey.ts';
import { isService, spanConditionSql } from './span-condition-sql.ts';

/** What of a condition the projection `counts_by_minute` can tell. */
export function countedConditions(condition: SpanCondition): readonly string[] {
  const parts = condition.kind === 'all' ? condition.of : [condition];
  return parts.flatMap((part) => {
    const isSurveyed = attributesOf(part).some((field) => !isService(field));
    const { sql, isCounted } = spanConditionSql(part, NO_SURVEY);
    return isCounted && !isSurveyed && sql !== '1' ? [sql] : [];
  });
}
