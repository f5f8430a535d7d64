import type { FieldExpression } from '../syntax/ast/field-expression.ts';
import type { PipelineStage, SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';

/** A condition on each span by itself; absent: there is none. */
export interface SpanwiseCondition {
  readonly condition?: FieldExpression;
}

/** The one condition that tells of every span by itself whether a pipeline finds it; undefined where it depends on the others of the trace. */
export function spanwiseCondition({ stages }: SpansetPipeline): SpanwiseCondition | undefined {
  let all: SpanwiseCondition = {};
  for (const stage of stages) {
    const one = ofStage(stage);
    if (one === undefined) {
      return undefined;
    }
    all = both(all, one, stage);
  }
  return all;
}

function both(left: SpanwiseCondition, right: SpanwiseCondition, { at }: PipelineStage): SpanwiseCondition {
  if (left.condition === undefined || right.condition === undefined) {
    return left.condition === undefined ? right : left;
  }
  return { condition: { kind: 'binary', op: '&&', left: left.condition, right: right.condition, at } };
}

function ofStage(stage: PipelineStage): SpanwiseCondition | undefined {
  switch (stage.kind) {
    case 'spanset-filter':
      return stage.condition === undefined ? {} : { condition: stage.condition };
    case 'pipeline':
      return spanwiseCondition(stage);
    case 'by':
    case 'coalesce':
    case 'select':
      return {};
    case 'spanset-operation': {
      const left = stage.op === '||' ? ofStage(stage.left) : undefined;
      const right = stage.op === '||' ? ofStage(stage.right) : undefined;
      if (left === undefined || right === undefined) {
        return undefined;
      }
      return left.condition === undefined || right.condition === undefined
        ? {}
        : { condition: { kind: 'binary', op: '||', left: left.condition, right: right.condition, at: stage.at } };
    }
    case 'scalar-filter':
      return undefined;
  }
}
