import type { Labels } from '@aegisguard/model';
import type { BinaryOperator, VectorMatching } from '../../syntax/ast/binary-operation.ts';
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
