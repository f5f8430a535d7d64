import type { Labels } from '@aegisguard/model';
import type { VectorMatching } from '../../syntax/ast/binary-operation.ts';
import { labelOf, labelsKey, withLabel } from '../label-set.ts';

/** How series find one another where nothing is said: all labels alike. */
export const ALL_LABELS: VectorMatching = { kind: 'ignoring', labels: [], card: 'one-to-one', include: [] };

/** A text that label sets share when they match. */
export function matchSignature({ kind, labels: names }: VectorMatching): (labels: Labels) => string {
  const named = new Set(names);
  const isOn = kind === 'on';
  return (labels) => labelsKey(labels, (name) => named.has(name) === isOn);
}

/** The labels of what two series give: those of the many side, with `group_left` and `group_right` some of the one side. */
export function matchedLabels(
  { kind, labels: names, card, include }: VectorMatching,
  many: Labels,
  one: Labels,
): Labels {
  const named = new Set(names);
  const isOn = kind === 'on';
  let labels: Labels = many.filter(
    ([name, value]) => value !== '' && (card !== 'one-to-one' || named.has(name) === isOn),
  );
  for (const name of include) {
    labels = withLabel(labels, name, labelOf(one, name));
  }
  return labels;
}
