import type { Aggregation } from '../ast/aggregation.ts';
import type { Expression } from '../ast/expression.ts';
import { childrenOf } from '../children-of.ts';
import { printLabels } from './print-label-name.ts';
import { printDurationSeconds, printNumber } from './print-number.ts';
import { printOperator } from './print-operator.ts';
import { printMatrixSelector, printSubquerySuffix, printVectorSelector } from './print-selector.ts';
import { quote } from './quote.ts';

/** An aggregation up to its arguments: `sum by (job) `, `sum`. */
export function printAggregationHead({ op, grouping, isWithout }: Aggregation): string {
  return isWithout || grouping.length > 0 ? `${op} ${isWithout ? 'without' : 'by'} ${printLabels(grouping)} ` : op;
}

/** A query in one line, as Prometheus writes it: the same tree when it is parsed, with sorted matchers. */
export function printQuery(expression: Expression): string {
  switch (expression.kind) {
    case 'aggregation':
      return `${printAggregationHead(expression)}(${childrenOf(expression).map(printQuery).join(', ')})`;
    case 'binary':
      return `${printQuery(expression.left)} ${printOperator(expression)} ${printQuery(expression.right)}`;
    case 'call':
      return `${expression.name}(${expression.arguments.map(printQuery).join(', ')})`;
    case 'matrix-selector':
      return printMatrixSelector(expression);
    case 'number':
      return expression.isDuration ? printDurationSeconds(expression.value) : printNumber(expression.value);
    case 'parentheses':
      return `(${printQuery(expression.expression)})`;
    case 'string':
      return quote(expression.value);
    case 'subquery':
      return printQuery(expression.expression) + printSubquerySuffix(expression);
    case 'unary':
      return expression.op + printQuery(expression.expression);
    case 'vector-selector':
      return printVectorSelector(expression);
  }
}
