import type { Labels } from '@aegisguard/model';
import type { BinaryOperation, BinaryOperator, VectorMatching } from '../../syntax/ast/binary-operation.ts';
import { labelOf, onlyLabels, withLabel, withoutLabels, withoutName } from '../label-order.ts';
import { arithmeticOf } from './float-operators.ts';

/** The labels of what two elements give: those of the many side, with `group_left` and `group_right` some of the one side; arithmetic loses the name. */
export function resultLabels(op: BinaryOperator, matching: VectorMatching, many: Labels, one: Labels): Labels {
  const { cardinality, isOn, labels: names, include } = matching;
  let labels = arithmeticOf(op) === undefined ? many : withoutName(many);
  if (cardinality === 'one-to-one') {
    labels = isOn ? onlyLabels(labels, new Set(names)) : withoutLabels(labels, new Set(names));
  }
  for (const name of include) {
    labels = withLabel(labels, name, labelOf(one, name));
  }
  return labels;
}

/** Whether the name of the result is still to be removed: with `bool`, and of a comparison as of the many side. Arithmetic has lost it at once; one that it has was included. */
export function losesName({ op, isBool }: Pick<BinaryOperation, 'op' | 'isBool'>, isManyNameless: boolean): boolean {
  return isBool || (isManyNameless && arithmeticOf(op) === undefined);
}
