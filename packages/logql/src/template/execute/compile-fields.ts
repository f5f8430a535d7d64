import type { OperandNode } from '../syntax/nodes.ts';
import { StringMap } from '../values/string-map.ts';
import { isObject, type Value } from '../values/value.ts';
import { compileArgument } from './compile-argument.ts';
import type { Evaluate } from './evaluate.ts';
import { type FieldPlace, fieldOf } from './field-of.ts';
import type { Scope, Surroundings } from './scope.ts';

/** Fields one behind the other; arguments are the last one's, if it is a method. */
export function compileFields<Context>(
  scope: Scope<Context>,
  base: Evaluate<Context>,
  node: OperandNode,
  names: readonly string[],
  { args: argNodes, hasFinal, command }: Surroundings,
): Evaluate<Context> {
  const args = argNodes.map((arg) => compileArgument(scope, arg, 'any'));
  const places = names.map((name, index): FieldPlace => {
    const isLast = index === names.length - 1;
    return { name, node, command, argCount: isLast ? args.length + (hasFinal ? 1 : 0) : 0 };
  });
  return (run, dot, variables, final) => {
    run.at = node;
    const argsOf = (): readonly Value[] => {
      const values = args.map((arg) => arg(run, dot, variables, undefined));
      return hasFinal ? [...values, final] : values;
    };
    let value = base(run, dot, variables, undefined);
    let isOutOfJson = false;
    for (const place of places) {
      const member = fieldOf(run, value, place, argsOf, isOutOfJson);
      isOutOfJson = isObject(value);
      value = member;
    }
    return value;
  };
}

/** The most frequent of all: a label. */
export function compileLabel<Context>(node: OperandNode, name: string): Evaluate<Context> {
  const place = { name, node, command: node, argCount: 0 };
  return (run, dot) => {
    run.at = node;
    if (dot instanceof StringMap) {
      return dot.get(name) ?? '';
    }
    return fieldOf(run, dot, place, () => []);
  };
}
