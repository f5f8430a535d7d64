import { invalidQuery } from '@aegisguard/model';
import type { FunctionSignature } from '../functions/function-signature.ts';
import { findFunction } from '../functions/function-signatures.ts';
import type { Expression } from './ast/expression.ts';
import type { FunctionCall } from './ast/function-call.ts';
import { nameOfType } from './name-of-type.ts';
import { typeOf } from './type-of.ts';

function checkCount({ arguments: given, name, source }: FunctionCall, signature: FunctionSignature): void {
  const { parameters, optional } = signature;
  const max = optional < 0 ? Number.POSITIVE_INFINITY : parameters.length;
  const min = parameters.length - Math.abs(optional);
  const [bound, wanted] =
    optional === 0 ? ['', min] : given.length < min ? ['at least ', min] : ['at most ', parameters.length];
  if (given.length < min || given.length > max) {
    throw invalidQuery(source.from, `expected ${bound}${wanted} argument(s) in call to "${name}", got ${given.length}`);
  }
}

/** The second argument of info(): labels to add, written as a selector without a name. */
function checkInfoLabels(labels: Expression): void {
  if (labels.kind !== 'vector-selector') {
    throw invalidQuery(labels.source.from, 'expected label selectors only');
  }
  if (labels.name !== undefined) {
    throw invalidQuery(labels.source.from, 'expected label selectors only, got vector selector instead');
  }
}

/** Throws `invalid-query` in Prometheus's words for a wrong number of arguments, or one of a wrong type. */
export function checkCall(call: FunctionCall): void {
  const signature = findFunction(call.name);
  if (signature === undefined) {
    throw invalidQuery(call.source.from, `unknown function with name "${call.name}"`);
  }
  checkCount(call, signature);
  for (const [index, argument] of call.arguments.entries()) {
    const wanted = signature.parameters[Math.min(index, signature.parameters.length - 1)];
    const type = typeOf(argument);
    if (wanted !== undefined && type !== wanted) {
      const names = [nameOfType(wanted), nameOfType(type)];
      throw invalidQuery(
        argument.source.from,
        `expected type ${names[0]} in call to function "${call.name}", got ${names[1]}`,
      );
    }
  }
  const labels = call.name === 'info' ? call.arguments[1] : undefined;
  if (labels !== undefined) {
    checkInfoLabels(labels);
  }
}
