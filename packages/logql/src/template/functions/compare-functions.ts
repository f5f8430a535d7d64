// Comparisons of Go's text/template: https://pkg.go.dev/text/template#hdr-Functions

import { FunctionError, type TemplateFunction } from '../execute/template-function.ts';
import { GoTime } from '../time/go-time.ts';
import { formatPlain } from '../values/format-verb.ts';
import type { Meter } from '../values/meter.ts';
import { compareTexts, integerIn, typeName, type Value } from '../values/value.ts';

const INCOMPATIBLE = 'incompatible types for comparison';
const INVALID = 'invalid type for comparison';

type Kind = 'bool' | 'float' | 'integer' | 'string' | undefined;

/** Only values of one kind can be compared; integers of all types are of one. */
function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float';
    default:
      return integerIn(value) === undefined ? undefined : 'integer';
  }
}

function isNil(value: Value): boolean {
  return value === null || value === undefined;
}

function equalOthers(left: Value, right: Value, meter: Meter): boolean {
  if (isNil(left) || isNil(right)) {
    return isNil(left) && isNil(right);
  }
  if (left instanceof GoTime && right instanceof GoTime) {
    return left.nanos === right.nanos && left.zone === right.zone;
  }
  if (right instanceof GoTime) {
    return false;
  }
  throw new FunctionError(`non-comparable type ${formatPlain(right, meter)}: ${typeName(right)}`);
}

function equals(left: Value, right: Value, meter: Meter): boolean {
  const kind = kindOf(left);
  if (kind !== kindOf(right)) {
    if (isNil(left) || isNil(right)) {
      return false;
    }
    throw new FunctionError(INCOMPATIBLE);
  }
  if (kind === undefined) {
    return equalOthers(left, right, meter);
  }
  return kind === 'integer' ? integerIn(left) === integerIn(right) : left === right;
}

/** Whether the first argument is equal to one of the others. */
function equalsAny([first, ...others]: readonly Value[], meter: Meter): boolean {
  if (others.length === 0) {
    throw new FunctionError('missing argument for comparison');
  }
  return others.some((other) => equals(first, other, meter));
}

function isLess(left: Value, right: Value): boolean {
  const kind = kindOf(left);
  const other = kindOf(right);
  if (kind === undefined || other === undefined) {
    throw new FunctionError(INVALID);
  }
  if (kind !== other) {
    throw new FunctionError(INCOMPATIBLE);
  }
  switch (kind) {
    case 'bool':
      throw new FunctionError(INVALID);
    case 'string':
      return compareTexts(String(left), String(right)) < 0;
    case 'integer':
      return (integerIn(left) ?? 0n) < (integerIn(right) ?? 0n);
    case 'float':
      return Number(left) < Number(right);
  }
}

function comparison(holds: (left: Value, right: Value, meter: Meter) => boolean): TemplateFunction<unknown> {
  return { parameters: ['any', 'any'], call: ([left, right], call) => holds(left, right, call) };
}

export const COMPARE_FUNCTIONS: readonly (readonly [string, TemplateFunction<unknown>])[] = [
  ['eq', { parameters: ['any'], rest: 'any', call: equalsAny }],
  ['ne', comparison((left, right, meter) => !equals(left, right, meter))],
  ['lt', comparison(isLess)],
  ['le', comparison((left, right, meter) => isLess(left, right) || equals(left, right, meter))],
  ['gt', comparison((left, right, meter) => !(isLess(left, right) || equals(left, right, meter)))],
  ['ge', comparison((left, right) => !isLess(left, right))],
];
