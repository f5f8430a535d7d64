import type {
  PipelineStage,
  ScalarExpression,
  SpansetExpression,
  SpansetFilter,
  SpansetOperation,
  SpansetPipeline,
} from '../ast/spanset-pipeline.ts';
import { spansetStrength } from '../parse/combine.ts';
import { printFields } from './print-field.ts';
import { printFieldExpression } from './print-field-expression.ts';
import { printValue } from './print-value.ts';

/** `{ … }`. */
export function printFilter({ condition }: SpansetFilter): string {
  return condition === undefined ? '{}' : `{ ${printFieldExpression(condition)} }`;
}

/** A number of a spanset, as spansets are told it by. */
export function printScalar(scalar: ScalarExpression, strengthMin = 0): string {
  switch (scalar.kind) {
    case 'aggregate':
      return `${scalar.name}(${scalar.of === undefined ? '' : printFieldExpression(scalar.of)})`;
    case 'static':
      return printValue(scalar.value);
    case 'scalar-pipeline':
      return `(${printPipeline(scalar.pipeline)} | ${printScalar(scalar.result)})`;
    case 'scalar-operation': {
      const { op, left, right } = scalar;
      const strength = spansetStrength(op);
      const isRightward = op === '^';
      const text = `${printScalar(left, isRightward ? strength + 1 : strength)} ${op} ${printScalar(right, isRightward ? strength : strength + 1)}`;
      return strength < strengthMin ? `(${text})` : text;
    }
  }
}

function isLogical(op: SpansetOperation['op']): boolean {
  return op === '&&' || op === '||';
}

function printOperation({ op, left, right }: SpansetOperation): string {
  const strength = spansetStrength(op);
  const side = (operand: SpansetExpression, strengthMin: number): string => {
    const text = printSpansets(operand);
    if (operand.kind === 'spanset-filter') {
      return text;
    }
    const isPlain =
      operand.kind === 'spanset-operation' &&
      spansetStrength(operand.op) >= strengthMin &&
      // They bind alike, and parentheses say what is meant.
      !(isLogical(op) && isLogical(operand.op) && op !== operand.op);
    return isPlain ? text : `(${text})`;
  };
  return `${side(left, strength)} ${op} ${side(right, strength + 1)}`;
}

function printSpansets(spansets: SpansetExpression): string {
  switch (spansets.kind) {
    case 'spanset-filter':
      return printFilter(spansets);
    case 'spanset-operation':
      return printOperation(spansets);
    case 'scalar-filter':
      return `${printScalar(spansets.left)} ${spansets.op} ${printScalar(spansets.right)}`;
    case 'pipeline':
      return printPipeline(spansets);
  }
}

/** A stage as it stands between bars. */
function printStage(stage: PipelineStage): string {
  switch (stage.kind) {
    case 'by':
      return `by(${printFieldExpression(stage.of)})`;
    case 'coalesce':
      return 'coalesce()';
    case 'select':
      return `select(${printFields(stage.fields)})`;
    case 'pipeline':
      return `(${printPipeline(stage)})`;
    default:
      return printSpansets(stage);
  }
}

/** A pipeline without parentheses around it. */
export function printPipeline({ stages }: SpansetPipeline): string {
  return stages.map(printStage).join(' | ');
}
