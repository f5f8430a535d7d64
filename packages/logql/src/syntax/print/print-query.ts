import type { Grouping } from '../ast/grouping.ts';
import type { LabelReplace } from '../ast/metric-expression.ts';
import type { Query } from '../ast/query.ts';
import type { RangeAggregation } from '../ast/range-aggregation.ts';
import type { VectorAggregation } from '../ast/vector-aggregation.ts';
import { needsParentheses } from './needs-parentheses.ts';
import { printParts, printRangeParts } from './print-log-range.ts';
import { printNumber } from './print-number.ts';
import { printOperator } from './print-operator.ts';
import { printText } from './print-text.ts';

function printGrouping({ kind, labels }: Grouping): string {
  return ` ${kind} (${labels.join(', ')})`;
}

/** An aggregation up to its arguments: `sum by (service) `, `sum`. */
export function printAggregationHead({ operation, grouping }: VectorAggregation): string {
  return grouping === undefined ? operation : `${operation}${printGrouping(grouping)} `;
}

/** What stands behind the arguments of a range aggregation: ` by (service)`. */
export function printAggregationTail({ grouping }: RangeAggregation): string {
  return grouping === undefined ? '' : printGrouping(grouping);
}

/** The arguments of `label_replace` behind the first. */
export function printReplacement({ destination, replacement, source, expression }: LabelReplace): readonly string[] {
  return [destination, replacement, source, expression].map(printText);
}

/** The first argument of an aggregation that has two, or none. */
export function printParameter({ parameter }: { readonly parameter?: number }): readonly string[] {
  return parameter === undefined ? [] : [printNumber(parameter)];
}

/** Writes a query in the one form that we use, in one line; `parseQuery` reads it back to the same tree. `print` prints what is inside of it. */
export function printQuery(query: Query, print: (inside: Query) => string = (inside) => printQuery(inside)): string {
  switch (query.kind) {
    case 'log-query':
      return printParts(query).join(' ');
    case 'range-aggregation': {
      const printed = [...printParameter(query), printRangeParts(query.range).join(' ')];
      return `${query.operation}(${printed.join(', ')})${printAggregationTail(query)}`;
    }
    case 'vector-aggregation':
      return `${printAggregationHead(query)}(${[...printParameter(query), print(query.operand)].join(', ')})`;
    case 'binary-operation': {
      const [left, right] = (['left', 'right'] as const).map((side) =>
        needsParentheses(query, side) ? `(${print(query[side])})` : print(query[side]),
      );
      return `${left} ${printOperator(query)} ${right}`;
    }
    case 'label-replace':
      return `label_replace(${[print(query.operand), ...printReplacement(query)].join(', ')})`;
    case 'vector':
      return `vector(${printNumber(query.value)})`;
    case 'number':
      return printNumber(query.value);
  }
}
