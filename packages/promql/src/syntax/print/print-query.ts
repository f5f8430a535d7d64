import type { Aggregation } from '../ast/aggregation.ts';
import type { Expression } from '../ast/expression.ts';
import { childrenOf } from '../children-of.ts';
import { printLabels } from './print-label-name.ts';
import { printDurationSeconds, printNumber } from './print-number.ts';
import { printLeft, printOperator } from './print-operator.ts';
import { printMatrixSelector, printSubquerySuffix, printVectorSelector } from './print-selector.ts';
import { quote } from './quote.ts';

/** An aggregation up to its arguments: `sum by (job) `, `sum`. */
export function printAggregationHead({ op, grouping, isWithout }: Aggregation): string {
  return isWithout || grouping.length > 0 ? `${op} ${isWithout ? 'without' : 'by'} ${printLabels(grouping)} ` : op;
}

/** A query in one line, as Prometheus writes it: the same tree when it is parsed, with sorted matchers. `print` prints what is inside of it. */
export function printQuery(
  expression: Expression,
  print: (inside: Expression) => string = (inside) => printQuery(inside),
): string {
  switch (expression.kind) {
    case 'aggregation':
      return `${printAggregationHead(expression)}(${childrenOf(expression)
        .map((one) => print(one))
        .join(', ')})`;
    case 'binary':
      return `${printLeft(expression, print(expression.left))} ${printOperator(expression)} ${print(expression.right)}`;
    case 'call':
      return `${expression.name}(${expression.arguments.map((one) => print(one)).join(', ')})`;
    case 'matrix-selector':
      return printMatrixSelector(expression);
    case 'number':
      return expression.isDuration ? printDurationSeconds(expression.value) : printNumber(expression.value);
    case 'parentheses':
      return `(${print(expression.expression)})`;
    case 'string':
      return quote(expression.value);
    case 'subquery':
      return print(expression.expression) + printSubquerySuffix(expression);
    case 'unary':
      return expression.op + print(expression.expression);
    case 'vector-selector':
      return printVectorSelector(expression);
  }
}
