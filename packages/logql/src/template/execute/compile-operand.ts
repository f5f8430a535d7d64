import type { NumberNode, OperandNode } from '../syntax/nodes.ts';
import { printNode } from '../syntax/print-node.ts';
import { compileCall } from './compile-call.ts';
import { compileFields, compileLabel } from './compile-fields.ts';
import { compilePipe } from './compile-pipe.ts';
import type { Evaluate } from './evaluate.ts';
import type { Scope, Surroundings } from './scope.ts';

function failing(node: Surroundings['command'], message: string): Evaluate<unknown> {
  return (run) => {
    run.at = node;
    return run.fail(message);
  };
}

/** A pipeline is not where the execution is until it is evaluated. */
function refuseArguments(node: OperandNode, { command, hasFinal }: Surroundings): Evaluate<unknown> {
  return (run) => {
    if (node.kind !== 'pipe') {
      run.at = node;
    } else if (!hasFinal) {
      run.at = command;
    }
    return run.fail(`can't give argument to non-function ${printNode(node)}`);
  };
}

function compileNumber<Context>(node: NumberNode): Evaluate<Context> {
  const { integer, float, looksLikeFloat, text } = node;
  if (!looksLikeFloat && integer === undefined) {
    return failing(node, `${text} overflows int`);
  }
  const value = looksLikeFloat ? float : integer;
  return (run) => {
    run.at = node;
    return value;
  };
}

function compileIdentifier<Context>(
  scope: Scope<Context>,
  node: OperandNode & { readonly kind: 'identifier' },
  { args, hasFinal, command }: Surroundings,
): Evaluate<Context> {
  const target = scope.functions.get(node.name);
  if (target === undefined) {
    throw new RangeError('a function that the parser knew');
  }
  return compileCall(scope, { name: node.name, target, node, at: command }, args, hasFinal);
}

/** What is no function; a nested pipeline counts towards the depth. */
function compilePlain<Context>(scope: Scope<Context>, node: OperandNode): Evaluate<Context> {
  switch (node.kind) {
    case 'pipe': {
      const evaluate = compilePipe(scope, node);
      return (run, dot, variables) => {
        run.enter();
        const value = evaluate(run, dot, variables, undefined);
        run.leave();
        return value;
      };
    }
    case 'variable': {
      const slot = scope.slotOf(node.name);
      return (run, _dot, variables) => {
        run.at = node;
        return variables[slot];
      };
    }
    case 'number':
      return compileNumber(node);
    case 'bool':
    case 'string': {
      const { value } = node;
      return (run) => {
        run.at = node;
        return value;
      };
    }
    case 'dot':
      return (run, dot) => {
        run.at = node;
        return dot;
      };
    default:
      return () => undefined;
  }
}

/** The first word of a command, with what stands around it. */
export function compileFirstWord<Context>(
  scope: Scope<Context>,
  node: OperandNode,
  around: Surroundings,
): Evaluate<Context> {
  const isAlone = around.args.length === 0 && !around.hasFinal;
  switch (node.kind) {
    case 'identifier':
      return compileIdentifier(scope, node, around);
    case 'field': {
      const [name = '', ...others] = node.names;
      return others.length === 0 && isAlone
        ? compileLabel(node, name)
        : compileFields(scope, (_run, dot) => dot, node, node.names, around);
    }
    case 'chain':
      return node.node.kind === 'nil'
        ? failing(node, `indirection through explicit nil in ${printNode(node)}`)
        : compileFields(scope, scope.compile(node.node), node, node.names, around);
    case 'variable':
      if (node.names.length > 0) {
        return compileFields(scope, compilePlain(scope, node), node, node.names, around);
      }
      break;
    default:
  }
  return isAlone ? compilePlain(scope, node) : refuseArguments(node, around);
}
