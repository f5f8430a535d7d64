import type { ActionNode, BodyNode, BranchNode, TemplateNode } from '../syntax/nodes.ts';
import { formatPlain } from '../values/format-verb.ts';
import type { Meter } from '../values/meter.ts';
import { quote } from '../values/quote.ts';
import { isTrue, type Value } from '../values/value.ts';
import { compilePipe } from './compile-pipe.ts';
import { compileRange } from './compile-range.ts';
import type { Execute } from './evaluate.ts';
import type { Scope } from './scope.ts';

/** The templates that were defined, by name; they may call each other, so the map is filled while they are compiled. */
export type CompiledBodies<Context> = ReadonlyMap<string, Execute<Context>>;

/** A value as an action prints it. */
function printed(value: Value, meter: Meter): string {
  return typeof value === 'string' ? value : value === undefined ? '<no value>' : formatPlain(value, meter);
}

function compileAction<Context>(scope: Scope<Context>, { pipe }: ActionNode): Execute<Context> {
  const evaluate = compilePipe(scope, pipe);
  if (pipe.declarations.length > 0) {
    return (run, dot, variables) => {
      evaluate(run, dot, variables, undefined);
      return 'next';
    };
  }
  return (run, dot, variables) => {
    run.write(printed(evaluate(run, dot, variables, undefined), run));
    return 'next';
  };
}

function compileBranch<Context>(
  scope: Scope<Context>,
  bodies: CompiledBodies<Context>,
  { kind, pipe, list, elseList }: BranchNode,
): Execute<Context> {
  return scope.within(() => {
    const evaluate = compilePipe(scope, pipe);
    const executeList = compileBody(scope, bodies, list);
    const executeElse = compileBody(scope, bodies, elseList ?? []);
    return (run, dot, variables) => {
      const value = evaluate(run, dot, variables, undefined);
      run.enter();
      const flow = isTrue(value)
        ? executeList(run, kind === 'with' ? value : dot, variables)
        : executeElse(run, dot, variables);
      run.leave();
      return flow;
    };
  });
}

function compileTemplateCall<Context>(
  scope: Scope<Context>,
  bodies: CompiledBodies<Context>,
  node: TemplateNode,
): Execute<Context> {
  const { name, pipe } = node;
  const evaluate = pipe === undefined ? () => undefined : compilePipe(scope, pipe);
  return (run, dot, variables) => {
    run.at = node;
    run.step();
    const body = bodies.get(name);
    if (body === undefined) {
      return run.fail(`template ${quote(name)} not defined`);
    }
    run.enter();
    const value = evaluate(run, dot, variables, undefined);
    const outer = run.name;
    run.name = name;
    body(run, value, [value]);
    run.name = outer;
    run.leave();
    return 'next';
  };
}

function compileNode<Context>(
  scope: Scope<Context>,
  bodies: CompiledBodies<Context>,
  node: BodyNode,
): Execute<Context> {
  switch (node.kind) {
    case 'text': {
      const { text } = node;
      return (run) => {
        run.step();
        run.write(text);
        return 'next';
      };
    }
    case 'action':
      return compileAction(scope, node);
    case 'if':
    case 'with':
      return compileBranch(scope, bodies, node);
    case 'range':
      return compileRange(scope, node, (list) => compileBody(scope, bodies, list));
    case 'template':
      return compileTemplateCall(scope, bodies, node);
    case 'break':
    case 'continue': {
      const { kind } = node;
      return () => kind;
    }
  }
}

/** The nodes of a body or of a branch, one after the other. */
export function compileBody<Context>(
  scope: Scope<Context>,
  bodies: CompiledBodies<Context>,
  nodes: readonly BodyNode[],
): Execute<Context> {
  const executes = scope.within(() => nodes.map((node) => compileNode(scope, bodies, node)));
  const [only] = executes;
  if (only !== undefined && executes.length === 1) {
    return only;
  }
  return (run, dot, variables) => {
    for (const execute of executes) {
      const flow = execute(run, dot, variables);
      if (flow !== 'next') {
        return flow;
      }
    }
    return 'next';
  };
}
