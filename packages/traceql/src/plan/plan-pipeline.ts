import type { SpanCondition, SpanParts } from '@aegisguard/model';
import type {
  PipelineStage,
  ScalarExpression,
  ScalarFilter,
  SpansetOperation,
  SpansetPipeline,
} from '../syntax/ast/spanset-pipeline.ts';
import { anyOf, EVERYTHING, isNothing } from './condition.ts';
import { conditionOf } from './condition-of-expression.ts';
import { SpanNeeds } from './span-needs.ts';
import { walkPipeline } from './walk-fields.ts';

/** What a store is asked for, so that a pipeline can be evaluated without the traces that it cannot find. */
export interface SpansetPlan {
  /** A trace in which something is found has a span for each of them. Empty: nothing is ever found. */
  readonly candidates: readonly SpanCondition[];
  /** True of every span that evaluation may find or relate to what it finds. */
  readonly spans: SpanCondition;
  readonly parts: SpanParts;
  /** The other spans of the traces are needed, too. */
  readonly structure: boolean;
  /** The pipeline is one filter, and `spans` is true of the same spans: what is found is known without evaluation. */
  readonly isExact: boolean;
}

/** Conditions of a trace that are asked of a store at once; more are left out, which finds more candidates. */
const CANDIDATE_CONDITIONS_MAX = 8;

/** Plans a pipeline. */
export function planPipeline(pipeline: SpansetPipeline, needs = new SpanNeeds()): SpansetPlan {
  walkPipeline(pipeline, needs.add, needs.addStructure);
  const candidates = stagesNeed(pipeline);
  const [first] = pipeline.stages;
  return {
    candidates: candidates.some(isNothing) ? [] : distinct(candidates),
    spans: needs.hasParent ? EVERYTHING : anyOf(spansOf(first)),
    parts: needs.parts,
    structure: needs.hasStructure,
    isExact:
      pipeline.stages.length === 1 &&
      first.kind === 'spanset-filter' &&
      !needs.hasStructure &&
      (first.condition === undefined || conditionOf(first.condition).isExact),
  };
}

/** One of each, without those that are true of everything where others are there. */
function distinct(conditions: readonly SpanCondition[]): readonly SpanCondition[] {
  const byText = new Map(conditions.map((one) => [conditionText(one), one]));
  const telling = [...byText.values()].filter(({ kind }) => kind !== 'everything').slice(0, CANDIDATE_CONDITIONS_MAX);
  return telling.length === 0 ? [EVERYTHING] : telling;
}

function conditionText(condition: SpanCondition): string {
  return JSON.stringify(condition, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}

/** What a trace needs for the stages to find something: each must. */
function stagesNeed({ stages }: SpansetPipeline): readonly SpanCondition[] {
  return stages.flatMap(stageNeeds);
}

function stageNeeds(stage: PipelineStage): readonly SpanCondition[] {
  switch (stage.kind) {
    case 'spanset-filter':
      return [stage.condition === undefined ? EVERYTHING : conditionOf(stage.condition).condition];
    case 'spanset-operation':
      return operationNeeds(stage);
    case 'pipeline':
      return stagesNeed(stage);
    case 'scalar-filter':
      return [...scalarNeeds(stage.left), ...scalarNeeds(stage.right)];
    default:
      return [EVERYTHING];
  }
}

function operationNeeds({ op, left, right }: SpansetOperation): readonly SpanCondition[] {
  const one = stageNeeds(left);
  const other = stageNeeds(right);
  if (op === '||') {
    return eitherOf(one, other);
  }
  return op.startsWith('!') ? other : [...one, ...other];
}

/** Either all of these or all of those: for each pair, one of the two. */
function eitherOf(one: readonly SpanCondition[], other: readonly SpanCondition[]): readonly SpanCondition[] {
  if (one.some(isNothing)) {
    return other;
  }
  if (other.some(isNothing)) {
    return one;
  }
  const pairs = distinct(one).flatMap((a) => distinct(other).map((b) => anyOf([a, b])));
  return pairs.slice(0, CANDIDATE_CONDITIONS_MAX);
}

function scalarNeeds(expression: ScalarExpression): readonly SpanCondition[] {
  switch (expression.kind) {
    case 'scalar-pipeline':
      return stagesNeed(expression.pipeline);
    case 'scalar-operation':
      return [...scalarNeeds(expression.left), ...scalarNeeds(expression.right)];
    case 'aggregate':
      return [EVERYTHING];
    case 'static':
      return [];
  }
}

/** What is true of one or another of the spans that a first stage tests, or hands on. */
function spansOf(stage: PipelineStage): readonly SpanCondition[] {
  switch (stage.kind) {
    case 'spanset-filter':
      return stageNeeds(stage);
    case 'spanset-operation':
      return [...spansOf(stage.left), ...spansOf(stage.right)];
    case 'pipeline':
      return spansOf(stage.stages[0]);
    case 'scalar-filter':
      return spansOfScalarFilter(stage);
    default:
      return [EVERYTHING];
  }
}

function spansOfScalarFilter({ left, right }: ScalarFilter): readonly SpanCondition[] {
  const parts = [...spansOfScalar(left), ...spansOfScalar(right)];
  return parts.length === 0 ? [EVERYTHING] : parts;
}

function spansOfScalar(expression: ScalarExpression): readonly SpanCondition[] {
  switch (expression.kind) {
    case 'scalar-pipeline':
      return spansOf(expression.pipeline.stages[0]);
    case 'scalar-operation':
      return [...spansOfScalar(expression.left), ...spansOfScalar(expression.right)];
    case 'aggregate':
      return [EVERYTHING];
    case 'static':
      return [];
  }
}

/** What is true of the spans that a query asks something of; without one, of all. */
export function spanConditionOf(pipeline: SpansetPipeline | undefined): SpanCondition {
  return pipeline === undefined ? EVERYTHING : planPipeline(pipeline).spans;
}
