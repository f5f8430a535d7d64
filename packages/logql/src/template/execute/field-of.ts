import type { CommandNode, OperandNode } from '../syntax/nodes.ts';
import { GoTime } from '../time/go-time.ts';
import { TIME_METHODS } from '../time/time-methods.ts';
import { StringMap } from '../values/string-map.ts';
import { isObject, memberOf, typeName, type Value } from '../values/value.ts';
import { checkArgument } from './compile-argument.ts';
import { invoke } from './compile-call.ts';
import type { Run } from './run.ts';

/** A field where it is asked for. */
export interface FieldPlace {
  readonly name: string;
  readonly node: OperandNode;
  readonly command: OperandNode | CommandNode;
  readonly argCount: number;
}

function callMethod(run: Run<unknown>, time: GoTime, place: FieldPlace, argsOf: () => readonly Value[]): Value {
  const { name, node, command, argCount } = place;
  const target = TIME_METHODS.get(name);
  if (target === undefined) {
    return run.fail(`can't evaluate field ${name} in type ${typeName(time)}`);
  }
  const { parameters } = target;
  if (argCount !== parameters.length) {
    return run.fail(`wrong number of args for ${name}: want ${parameters.length} got ${argCount}`);
  }
  const args = argsOf();
  const checked = parameters.map((type, index) => checkArgument(run, args[index], type));
  return invoke(run, { name, target, node, at: command }, [time, ...checked]);
}

/** What a receiver has under a name. A map of texts has the empty text for names that it lacks, one of JSON a nil. Of what came out of JSON, Go's messages do not know the type. Arguments are evaluated for methods only. */
export function fieldOf(
  run: Run<unknown>,
  receiver: Value,
  place: FieldPlace,
  argsOf: () => readonly Value[],
  isOutOfJson = false,
): Value {
  const { name, argCount } = place;
  if (receiver === undefined) {
    return;
  }
  if (receiver === null) {
    return run.fail(`nil pointer evaluating interface {}.${name}`);
  }
  if (receiver instanceof GoTime) {
    return callMethod(run, receiver, place, argsOf);
  }
  if (!(receiver instanceof StringMap || isObject(receiver))) {
    return run.fail(`can't evaluate field ${name} in type ${isOutOfJson ? 'interface {}' : typeName(receiver)}`);
  }
  if (argCount > 0) {
    return run.fail(`${name} is not a method but has arguments`);
  }
  return receiver instanceof StringMap ? (receiver.get(name) ?? '') : (memberOf(receiver, name) ?? null);
}
