import type { SpanCondition } from '@aegisguard/model';
import { compileCondition } from '../evaluate/compile-condition.ts';
import type { SpanTest } from '../evaluate/compile-expression.ts';
import { EVERYTHING } from '../plan/condition.ts';
import { conditionOf } from '../plan/condition-of-expression.ts';
import type { SpansetPlan } from '../plan/plan-pipeline.ts';
import { spanwiseCondition } from '../plan/span-condition-of-pipeline.ts';
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
  const alone = structure ? undefined : spanwiseCondition(pipeline);
  if (alone === undefined) {
    return undefined;
  }
  const { condition } = alone;
  return condition === undefined ? ALL_SPANS : { ...conditionOf(condition), test: compileCondition(condition) };
}
