import type { FieldExpression } from '../syntax/ast/field-expression.ts';
import { compileTest, type SpanTest } from './compile-expression.ts';
import type { TraceSpans } from './trace-spans.ts';

/** What a condition asks of a span, each time counted as what it may cost: its parts, for the span and for each of its events and links. */
export function compileCondition(condition: FieldExpression): SpanTest {
  const test = compileTest(condition);
  const parts = countParts(condition);
  return (trace, index) => {
    spendOn(trace, index, parts);
    return test(trace, index);
  };
}

/** Counts so many parts of an expression that are read of the span at an index. */
export function spendOn(trace: TraceSpans, index: number, parts: number): void {
  const { events, links } = trace.at(index);
  trace.work.spend(parts * (1 + (events?.length ?? 0) + (links?.length ?? 0)));
}

/** Fields, values and operators of an expression. */
export function countParts(expression: FieldExpression): number {
  switch (expression.kind) {
    case 'unary':
      return 1 + countParts(expression.operand);
    case 'binary':
      return 1 + countParts(expression.left) + countParts(expression.right);
    default:
      return 1;
  }
}
