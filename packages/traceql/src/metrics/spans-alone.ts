import type { SpanCondition } from '@aegisguard/model';
import { compileCondition } from '../evaluate/compile-condition.ts';
import type { SpanTest } from '../evaluate/compile-expression.ts';
import { EVERYTHING } from '../plan/condition.ts';
import { conditionOf } from '../plan/condition-of-expression.ts';
import { planPipeline, type SpansetPlan } from '../plan/plan-pipeline.ts';
import { spanwiseCondition } from '../plan/span-condition-of-pipeline.ts';
import type { FieldExpression } from '../syntax/ast/field-expression.ts';
import type { SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';

/** Which spans are meant, where each by itself tells. */
export interface SpansAlone {
  /** What the store can be asked. */
  readonly condition: SpanCondition;
  /** It is true of no others. */
  readonly isExact: boolean;
  readonly test: SpanTest;
}

/** Every span. */
export const ALL_SPANS: SpansAlone = { condition: EVERYTHING, isExact: true, test: () => true };

/** The spans that a pipeline finds; undefined where that depends on the others of their traces. */
export function spansAlone(pipeline: SpansetPipeline, { structure }: SpansetPlan): SpansAlone | undefined {
  return structure ? undefined : spansOfCondition(pipeline);
}

/** The same, for whoever asks nothing of the spans but which they are: that a span is a root, its own row tells then. */
export function spansOfRows(pipeline: SpansetPipeline): SpansAlone | undefined {
  const found = spansOfCondition(pipeline);
  const isOfRows = found?.isExact === true && !asksOfTrace(found.condition);
  return isOfRows ? found : spansAlone(pipeline, planPipeline(pipeline));
}

/** What the store can be asked for spans of which an expression is true, and no others; undefined where their own rows do not tell. Absent: every span. */
export function conditionOfRows(expression: FieldExpression | undefined): SpanCondition | undefined {
  const { condition, isExact } = expression === undefined ? ALL_SPANS : conditionOf(expression);
  return isExact && !asksOfTrace(condition) ? condition : undefined;
}

function spansOfCondition(pipeline: SpansetPipeline): SpansAlone | undefined {
  const alone = spanwiseCondition(pipeline);
  if (alone === undefined) {
    return undefined;
  }
  const { condition } = alone;
  return condition === undefined ? ALL_SPANS : { ...conditionOf(condition), test: compileCondition(condition) };
}

function asksOfTrace(condition: SpanCondition): boolean {
  switch (condition.kind) {
    case 'everything':
      return false;
    case 'all':
    case 'any':
      return condition.of.some(asksOfTrace);
    default:
      return condition.field.kind === 'trace';
  }
}
