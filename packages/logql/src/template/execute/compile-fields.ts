import type { OperandNode } from '../syntax/nodes.ts';
import { StringMap } from '../values/string-map.ts';
import { isObject } from '../values/value.ts';
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
  const places = names.map((name): FieldPlace => ({ name, node, command }));
  return (run, dot, variables, final) => {
    run.at = node;
    let value = base(run, dot, variables, undefined);
    let isOutOfJson = false;
    for (const place of places) {
      const isLast = place === places.at(-1);
      const values = isLast ? args.map((arg) => arg(run, dot, variables, undefined)) : [];
      const given = isLast && hasFinal ? [...values, final] : values;
      const member = fieldOf(run, value, place, given, isOutOfJson);
      isOutOfJson = isObject(value);
      value = member;
    }
    return value;
  };
}

/** The most frequent of all: a label. */
export function compileLabel<Context>(node: OperandNode, name: string): Evaluate<Context> {
  const place = { name, node, command: node };
  return (run, dot) => {
    if (dot instanceof StringMap) {
      return dot.get(name) ?? '';
    }
    run.at = node;
    return fieldOf(run, dot, place, []);
  };
}
