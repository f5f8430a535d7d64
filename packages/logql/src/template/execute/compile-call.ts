import type { CommandNode, OperandNode } from '../syntax/nodes.ts';
import { isTrue, type Value } from '../values/value.ts';
import { checkArgument, compileArgument } from './compile-argument.ts';
import type { Evaluate } from './evaluate.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { FunctionError, type ParameterType, type TemplateFunction } from './template-function.ts';

/** A function as it is called: by its name, or as a method. */
export interface Callee<Context> {
  readonly name: string;
  readonly target: TemplateFunction<Context>;
  /** What an error before the call is about, and one of the call. */
  readonly node: OperandNode;
  readonly at: OperandNode | CommandNode;
}

/** What `and` and `or` have in common: they end with the first argument of that truth. */
const SHORT_CIRCUITS: ReadonlyMap<string, boolean> = new Map([
  ['and', false],
  ['or', true],
]);

function countProblem<Context>({ name, target }: Callee<Context>, count: number): string | undefined {
  const { parameters, rest } = target;
  const isFew = count < parameters.length;
  if (rest !== undefined) {
    return isFew ? `wrong number of args for ${name}: want at least ${parameters.length} got ${count}` : undefined;
  }
  return count === parameters.length
    ? undefined
    : `wrong number of args for ${name}: want ${parameters.length} got ${count}`;
}

function typeAt<Context>({ parameters, rest }: TemplateFunction<Context>, index: number): ParameterType {
  return parameters[index] ?? rest ?? 'any';
}

function lengthOf(value: Value): number {
  return typeof value === 'string' ? value.length : 0;
}

/** Calls a function, and lays its texts to the account of the execution. */
export function invoke<Context>(
  run: Run<Context>,
  { name, target, at }: Callee<Context>,
  args: readonly Value[],
): Value {
  let length = 0;
  for (const arg of args) {
    length += lengthOf(arg);
  }
  run.charge(length);
  try {
    const value = target.call(args, run);
    run.charge(lengthOf(value));
    return value;
  } catch (error) {
    if (error instanceof FunctionError) {
      run.at = at;
      return run.fail(`error calling ${name}: ${error.message}`);
    }
    throw error;
  }
}

function compileShortCircuit<Context>(
  args: readonly Evaluate<Context>[],
  hasFinal: boolean,
  ending: boolean,
): Evaluate<Context> {
  return (run, dot, variables, final) => {
    let value: Value;
    for (const arg of args) {
      value = arg(run, dot, variables, undefined);
      if (isTrue(value) === ending) {
        return value;
      }
    }
    return hasFinal ? final : value;
  };
}

/** A call with its arguments; the value of the command before is the last of them. */
export function compileCall<Context>(
  scope: Scope<Context>,
  callee: Callee<Context>,
  argNodes: readonly OperandNode[],
  hasFinal: boolean,
): Evaluate<Context> {
  const { target, node } = callee;
  const problem = countProblem(callee, argNodes.length + (hasFinal ? 1 : 0));
  if (problem !== undefined) {
    return (run) => {
      run.at = node;
      return run.fail(problem);
    };
  }
  const args = argNodes.map((arg, index) => compileArgument(scope, arg, typeAt(target, index)));
  const ending = SHORT_CIRCUITS.get(callee.name);
  if (ending !== undefined) {
    return compileShortCircuit(args, hasFinal, ending);
  }
  const finalType = typeAt(target, args.length);
  return (run, dot, variables, final) => {
    run.at = node;
    const values: Value[] = [];
    for (const arg of args) {
      values.push(arg(run, dot, variables, undefined));
    }
    if (hasFinal) {
      values.push(checkArgument(run, final, finalType));
    }
    return invoke(run, callee, values);
  };
}
