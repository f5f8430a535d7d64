import type { BodyNode, BranchNode } from '../syntax/nodes.ts';
import { formatPlain } from '../values/format-verb.ts';
import { StringMap } from '../values/string-map.ts';
import { integerIn, isList, isObject, keysOf, memberOf, type ObjectValue, type Value } from '../values/value.ts';
import { compileAssignments, compileCommands } from './compile-pipe.ts';
import type { Execute } from './evaluate.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';

/** Index or key, and element; of an integer, elements alone. */
type Turn = readonly [key: Value, element: Value];

function* countTo(end: bigint): Generator<Turn> {
  for (let index = 0n; index < end; index++) {
    yield [index, index];
  }
}

function* listTurns(list: readonly Value[]): Generator<Turn> {
  for (let index = 0; index < list.length; index++) {
    yield [BigInt(index), list[index]];
  }
}

function* mapTurns(map: StringMap | ObjectValue): Generator<Turn> {
  for (const name of keysOf(map)) {
    yield [name, memberOf(map, name)];
  }
}

/** What a range goes over. */
function turnsOf(run: Run<unknown>, value: Value, variableCount: number): Iterable<Turn> {
  if (value === undefined) {
    return [];
  }
  if (isList(value)) {
    return listTurns(value);
  }
  if (value instanceof StringMap || isObject(value)) {
    return mapTurns(value);
  }
  const end = integerIn(value);
  if (end === undefined) {
    return run.fail(`range can't iterate over ${formatPlain(value, run)}`);
  }
  if (variableCount > 1) {
    return run.fail(`can't use ${end} to iterate over more than one variable`);
  }
  return countTo(end);
}

/** `range`: the body once for each element, which is its dot; `else` when there is none. */
export function compileRange<Context>(
  scope: Scope<Context>,
  { pipe, list, elseList }: BranchNode,
  compileList: (nodes: readonly BodyNode[]) => Execute<Context>,
): Execute<Context> {
  return scope.within(() => {
    const evaluate = compileCommands(scope, pipe);
    const assignments = compileAssignments(scope, pipe);
    const executeList = compileList(list);
    const executeElse = compileList(elseList ?? []);
    const [first, second] = assignments;
    return (run, dot, variables) => {
      const value = evaluate(run, dot, variables, undefined);
      run.enter();
      let isEmpty = true;
      for (const [key, element] of turnsOf(run, value, assignments.length)) {
        isEmpty = false;
        run.step();
        first?.(run, variables, second === undefined ? element : key);
        second?.(run, variables, element);
        if (executeList(run, element, variables) === 'break') {
          break;
        }
      }
      const flow = isEmpty ? executeElse(run, dot, variables) : 'next';
      run.leave();
      return flow;
    };
  });
}
