import type { SpanCondition, SpanField } from '@aegisguard/model';
import { type Approximation, allOf, anyOf, EVERYTHING, exactly, UNKNOWN } from './approximation.ts';
import { compareAttribute, hasAttribute, lacksAttribute } from './attribute-condition.ts';
import type { AttributeField, AttributeSurvey } from './attribute-survey.ts';
import { isServiceName } from './attribute-variants.ts';
import { compareIntrinsic, compareService, hasIntrinsic, lacksIntrinsic } from './intrinsic-condition.ts';
import type { Comparison } from './text-test.ts';

/** What is asked of a span, in SQL. What is asked of its trace is not told here. */
export function spanConditionSql(condition: SpanCondition, survey: AttributeSurvey): Approximation {
  switch (condition.kind) {
    case 'everything':
      return EVERYTHING;
    case 'all':
      return allOf(condition.of.map((part) => spanConditionSql(part, survey)));
    case 'any':
      return anyOf(condition.of.map((part) => spanConditionSql(part, survey)));
    case 'compare':
      return compareField(condition.field, condition, survey);
    case 'present':
      return hasField(condition.field, survey);
    default:
      return lacksField(condition.field, survey);
  }
}

function compareField(field: SpanField, comparison: Comparison, survey: AttributeSurvey): Approximation {
  switch (field.kind) {
    case 'attribute':
      return isService(field) ? compareService(comparison) : compareAttribute(field, comparison, survey);
    case 'intrinsic':
      return compareIntrinsic(field.name, comparison);
    default:
      return UNKNOWN;
  }
}

function hasField(field: SpanField, survey: AttributeSurvey): Approximation {
  switch (field.kind) {
    case 'attribute':
      return isService(field) ? exactly("service != ''") : hasAttribute(field, survey);
    case 'intrinsic':
      return hasIntrinsic(field.name);
    default:
      return field.name === 'trace-duration' ? EVERYTHING : UNKNOWN;
  }
}

function lacksField(field: SpanField, survey: AttributeSurvey): Approximation {
  switch (field.kind) {
    case 'attribute':
      return isService(field) ? exactly("service = ''") : lacksAttribute(field, survey);
    case 'intrinsic':
      return lacksIntrinsic(field.name);
    default:
      return UNKNOWN;
  }
}

/** Whether an attribute is the span's service, and nothing else. */
export function isService({ scope, name }: AttributeField): boolean {
  return scope === 'resource' && isServiceName(name);
}
