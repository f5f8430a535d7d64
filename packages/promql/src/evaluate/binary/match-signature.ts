// https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
import type { Labels } from '@aegisguard/model';
import type { VectorMatching } from '../../syntax/ast/binary-operation.ts';
import { onlyLabels, withoutLabels } from '../label-order.ts';
import { labelsKey } from '../labels-key.ts';

/** The labels by which elements of two vectors find each other. */
export function matchLabels({ isOn, labels: names }: VectorMatching, labels: Labels): Labels {
  return isOn ? onlyLabels(labels, new Set(names)) : withoutLabels(labels, new Set([...names, '__name__']));
}

/** A text that two label sets share when they match. */
export function matchSignature(matching: VectorMatching): (labels: Labels) => string {
  const { isOn, labels: names } = matching;
  const named = new Set(isOn ? names : [...names, '__name__']);
  return (labels) => labelsKey(labels, (name) => named.has(name) === isOn);
}
