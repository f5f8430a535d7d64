import { invalidQuery } from '@aegisguard/model';
import type { Aggregation } from './ast/aggregation.ts';
import type { Expression, ValueType } from './ast/expression.ts';
import type { Subquery } from './ast/subquery.ts';
import type { UnaryOperation } from './ast/unary-operation.ts';
import type { VectorSelector } from './ast/vector-selector.ts';
import { checkBinary, type WrittenOperator } from './check-binary.ts';
import { checkCall } from './check-call.ts';
import { checkRegex } from './check-regex.ts';
import { childrenOf } from './children-of.ts';
import { nameOfType } from './name-of-type.ts';
import { typeOf } from './type-of.ts';

const NAME = '__name__';

function expectType(expression: Expression, wanted: ValueType, context: string): void {
  const type = typeOf(expression);
  if (type !== wanted) {
    const names = [nameOfType(wanted), nameOfType(type)];
    throw invalidQuery(expression.source.from, `expected type ${names[0]} in ${context}, got ${names[1]}`);
  }
}

function checkAggregation({ op, expression, parameter }: Aggregation): void {
  expectType(expression, 'vector', 'aggregation expression');
  if (parameter !== undefined) {
    expectType(parameter, op === 'count_values' ? 'string' : 'scalar', 'aggregation parameter');
  }
}

/** A series without the labels would be selected. */
function takesAll({ matchers }: VectorSelector): boolean {
  return matchers.every(({ op, value }) => {
    const isExact = op === '=' || op === '!=';
    const takesEmpty = isExact ? value === '' : checkRegex(value, 0).testExact('');
    return takesEmpty === (op === '=' || op === '=~');
  });
}

function checkSelector(selector: VectorSelector): void {
  const { name, matchers, source } = selector;
  if (name === undefined) {
    if (takesAll(selector)) {
      throw invalidQuery(source.from, 'vector selector must contain at least one non-empty matcher');
    }
    return;
  }
  const second = matchers.slice(1).find((matcher) => matcher.name === NAME);
  if (second !== undefined) {
    throw invalidQuery(source.from, `metric name must not be set twice: "${name}" or "${second.value}"`);
  }
}

function checkUnary({ expression, source }: UnaryOperation): void {
  const type = typeOf(expression);
  if (type !== 'scalar' && type !== 'vector') {
    const problem = 'unary expression only allowed on expressions of type scalar or instant vector';
    throw invalidQuery(source.from, `${problem}, got "${nameOfType(type)}"`);
  }
}

function checkSubquery({ expression, source }: Subquery): void {
  const type = typeOf(expression);
  if (type !== 'vector') {
    throw invalidQuery(source.from, `subquery is only allowed on instant vector, got ${type} instead`);
  }
}

/** Throws `invalid-query` in Prometheus's words where an operand or argument has a type that does not belong there; what is inside comes first. */
export function checkTypes(expression: Expression, written: ReadonlyMap<Expression, WrittenOperator>): void {
  const children = childrenOf(expression);
  // The labels that info() is to add are written as a selector that need not refuse anything.
  const isInfo = expression.kind === 'call' && expression.name === 'info';
  if (expression.kind === 'call') {
    checkCall(expression);
  }
  for (const [index, child] of children.entries()) {
    if (!(isInfo && index === 1)) {
      checkTypes(child, written);
    }
  }
  switch (expression.kind) {
    case 'aggregation':
      checkAggregation(expression);
      break;
    case 'binary': {
      const operator = written.get(expression);
      if (operator !== undefined) {
        checkBinary(expression, operator);
      }
      break;
    }
    case 'vector-selector':
      checkSelector(expression);
      break;
    case 'unary':
      checkUnary(expression);
      break;
    case 'subquery':
      checkSubquery(expression);
      break;
    default:
  }
}
