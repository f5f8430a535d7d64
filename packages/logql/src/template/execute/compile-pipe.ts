import type { CommandNode, PipeNode } from '../syntax/nodes.ts';
import type { Value } from '../values/value.ts';
import type { Evaluate, Variables } from './evaluate.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';

/** Puts a value into a variable. */
export type Assign = (run: Run<unknown>, variables: Variables, value: Value) => void;

/** `$x :=` makes a variable, `$x =` changes one. */
export function compileAssignments<Context>(
  scope: Scope<Context>,
  { isAssignment, declarations }: PipeNode,
): readonly Assign[] {
  return declarations.map(({ name }): Assign => {
    const slot = isAssignment ? scope.slotOf(name) : scope.declare(name);
    return slot === -1
      ? (run) => run.fail(`undefined variable: ${name}`)
      : (_run, variables, value) => {
          variables[slot] = value;
        };
  });
}

function compileCommand<Context>(scope: Scope<Context>, command: CommandNode, hasFinal: boolean): Evaluate<Context> {
  const [first, ...args] = command.args;
  if (first.kind === 'nil' && args.length === 0) {
    return (run) => {
      run.at = first;
      return run.fail('nil is not a command');
    };
  }
  return scope.compile(first, { args, hasFinal, command });
}

/** The commands of a pipeline, each with the value of the one before; a nil out of a map is no value then. */
export function compileCommands<Context>(scope: Scope<Context>, { commands }: PipeNode): Evaluate<Context> {
  const [first, ...rest] = commands.map((command, index) => compileCommand(scope, command, index > 0));
  if (first === undefined) {
    throw new RangeError('a pipeline has at least one command');
  }
  if (rest.length === 0) {
    return (run, dot, variables) => {
      run.step();
      return first(run, dot, variables, undefined) ?? undefined;
    };
  }
  return (run, dot, variables) => {
    run.step();
    let value = first(run, dot, variables, undefined) ?? undefined;
    for (const command of rest) {
      value = command(run, dot, variables, value) ?? undefined;
    }
    return value;
  };
}

/** A pipeline with its variables. */
export function compilePipe<Context>(scope: Scope<Context>, pipe: PipeNode): Evaluate<Context> {
  const evaluate = compileCommands(scope, pipe);
  const assignments = compileAssignments(scope, pipe);
  if (assignments.length === 0) {
    return evaluate;
  }
  return (run, dot, variables) => {
    const value = evaluate(run, dot, variables, undefined);
    for (const assign of assignments) {
      assign(run, variables, value);
    }
    return value;
  };
}
