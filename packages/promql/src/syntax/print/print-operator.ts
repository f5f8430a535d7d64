import type { BinaryOperation, VectorMatching } from '../ast/binary-operation.ts';
import { printLabels } from './print-label-name.ts';
import { printNumber } from './print-number.ts';

function printFill({ fillLeft, fillRight }: VectorMatching): string {
  if (fillLeft !== undefined && Object.is(fillLeft, fillRight)) {
    return ` fill (${printNumber(fillLeft)})`;
  }
  const left = fillLeft === undefined ? '' : ` fill_left (${printNumber(fillLeft)})`;
  return fillRight === undefined ? left : `${left} fill_right (${printNumber(fillRight)})`;
}

function printMatching(matching: VectorMatching): string {
  const { cardinality, isOn, labels, include } = matching;
  const isGrouped = cardinality === 'many-to-one' || cardinality === 'one-to-many';
  const isSaid = isOn || isGrouped || labels.length > 0;
  const side = cardinality === 'many-to-one' ? 'left' : 'right';
  const group = isGrouped ? ` group_${side} ${printLabels(include)}` : '';
  return (isSaid ? ` ${isOn ? 'on' : 'ignoring'} ${printLabels(labels)}${group}` : '') + printFill(matching);
}

/** An operator with all that stands behind it: `+ on (job) group_left ()`. */
export function printOperator({ op, isBool, matching }: BinaryOperation): string {
  return `${op}${isBool ? ' bool' : ''}${matching === undefined ? '' : printMatching(matching)}`;
}

/** What stands on the left of an operator, after it was printed. `+Inf ^ 2` would be read as a sign before `Inf ^ 2`; no other left side of `^` begins with one. */
export function printLeft({ op }: BinaryOperation, printed: string): string {
  return op === '^' ? printed.replace(/^(\s*)\+/, '$1') : printed;
}
