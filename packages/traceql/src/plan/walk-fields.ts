import type { Field, FieldExpression } from '../syntax/ast/field-expression.ts';
import type { PipelineStage, ScalarExpression, SpansetPipeline } from '../syntax/ast/spanset-pipeline.ts';

/** Hands over every field that an expression reads. */
export function eachField(expression: FieldExpression, onField: (field: Field) => void): void {
  switch (expression.kind) {
    case 'attribute':
    case 'intrinsic':
      onField(expression);
      break;
    case 'static':
      break;
    case 'unary':
      eachField(expression.operand, onField);
      break;
    case 'binary':
      eachField(expression.left, onField);
      eachField(expression.right, onField);
      break;
  }
}

/** Hands over every field that a pipeline reads, and tells of each structural operator. */
export function walkPipeline(
  { stages }: SpansetPipeline,
  onField: (field: Field) => void,
  onStructure: () => void,
): void {
  for (const stage of stages) {
    walkStage(stage, onField, onStructure);
  }
}

function walkStage(stage: PipelineStage, onField: (field: Field) => void, onStructure: () => void): void {
  switch (stage.kind) {
    case 'spanset-filter':
      if (stage.condition !== undefined) {
        eachField(stage.condition, onField);
      }
      break;
    case 'spanset-operation':
      if (stage.op !== '&&' && stage.op !== '||') {
        onStructure();
      }
      walkStage(stage.left, onField, onStructure);
      walkStage(stage.right, onField, onStructure);
      break;
    case 'pipeline':
      walkPipeline(stage, onField, onStructure);
      break;
    case 'scalar-filter':
      walkScalar(stage.left, onField, onStructure);
      walkScalar(stage.right, onField, onStructure);
      break;
    case 'by':
      eachField(stage.of, onField);
      break;
    case 'select':
      stage.fields.forEach(onField);
      break;
    case 'coalesce':
      break;
  }
}

function walkScalar(expression: ScalarExpression, onField: (field: Field) => void, onStructure: () => void): void {
  switch (expression.kind) {
    case 'static':
      break;
    case 'aggregate':
      if (expression.of !== undefined) {
        eachField(expression.of, onField);
      }
      break;
    case 'scalar-operation':
      walkScalar(expression.left, onField, onStructure);
      walkScalar(expression.right, onField, onStructure);
      break;
    case 'scalar-pipeline':
      walkPipeline(expression.pipeline, onField, onStructure);
      walkScalar(expression.result, onField, onStructure);
      break;
  }
}
