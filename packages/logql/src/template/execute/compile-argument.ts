import type { NumberNode, OperandNode } from '../syntax/nodes.ts';
import { printNode } from '../syntax/print-node.ts';
import { GoTime } from '../time/go-time.ts';
import { typeName, type Value } from '../values/value.ts';
import type { Evaluate } from './evaluate.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { ParameterType } from './template-function.ts';

/** How messages call a constant of a type. */
const CONSTANTS: Readonly<Record<ParameterType, string>> = {
  any: '',
  bool: 'bool',
  float64: 'float',
  int: 'integer',
  string: 'string',
  'time.Time': '',
};

function isOf(value: Value, type: ParameterType): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'bool':
      return typeof value === 'boolean';
    case 'float64':
      return typeof value === 'number';
    case 'int':
      return typeof value === 'bigint';
    case 'string':
      return typeof value === 'string';
    case 'time.Time':
      return value instanceof GoTime;
  }
}

/** Throws unless a value is of a parameter's type. */
export function checkArgument(run: Run<unknown>, value: Value, type: ParameterType): Value {
  if (isOf(value, type)) {
    return value;
  }
  if (value === undefined) {
    return run.fail(`invalid value; expected ${type}`);
  }
  return run.fail(`wrong type for value; expected ${type}; got ${typeName(value)}`);
}

function numberFor(node: NumberNode, type: ParameterType): Value {
  return type === 'int' ? node.integer : type === 'float64' ? node.float : undefined;
}

function constantFor(node: OperandNode, type: ParameterType): Value {
  switch (node.kind) {
    case 'bool':
      return type === 'bool' ? node.value : undefined;
    case 'string':
      return type === 'string' ? node.value : undefined;
    case 'number':
      return numberFor(node, type);
    default:
      return;
  }
}

function failing(node: OperandNode, message: string): Evaluate<unknown> {
  return (run) => {
    run.at = node;
    return run.fail(message);
  };
}

/** An operand as the argument of a parameter. */
export function compileArgument<Context>(
  scope: Scope<Context>,
  node: OperandNode,
  type: ParameterType,
): Evaluate<Context> {
  if (node.kind === 'nil') {
    return type === 'any' ? () => undefined : failing(node, `cannot assign nil to ${type}`);
  }
  if (type !== 'any' && (node.kind === 'bool' || node.kind === 'number' || node.kind === 'string')) {
    const value = constantFor(node, type);
    const printed = printNode(node);
    if (value !== undefined) {
      return (run) => {
        run.at = node;
        return value;
      };
    }
    return failing(
      node,
      type === 'time.Time'
        ? `can't handle ${printed} for arg of type ${type}`
        : `expected ${CONSTANTS[type]}; found ${printed}`,
    );
  }
  const evaluate = scope.compile(node);
  return type === 'any'
    ? evaluate
    : (run, dot, variables) => checkArgument(run, evaluate(run, dot, variables, undefined), type);
}
