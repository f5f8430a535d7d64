import type { BinaryOperation, VectorMatching } from '../ast/binary-operation.ts';

function printLabels(labels: readonly string[]): string {
  return `(${labels.join(', ')})`;
}

function printMatching({ kind, labels, card, include }: VectorMatching): string {
  const matching = ` ${kind} ${printLabels(labels)}`;
  return card === 'one-to-one'
    ? matching
    : `${matching} ${card === 'many-to-one' ? 'group_left' : 'group_right'} ${printLabels(include)}`;
}

/** An operator with all that stands behind it: `+ on (service) group_left ()`. */
export function printOperator({ op, isBool, matching }: BinaryOperation): string {
  return `${op}${isBool ? ' bool' : ''}${matching === undefined ? '' : printMatching(matching)}`;
}
