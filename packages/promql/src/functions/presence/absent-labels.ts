// https://prometheus.io/docs/prometheus/latest/querying/functions/#absent
import type { Labels } from '@aegisguard/model';
import { withLabel } from '../../evaluate/label-order.ts';
import type { Expression } from '../../syntax/ast/expression.ts';

const NAME = '__name__';

/** The labels that a missing series would have had for certain: what a selector demands with `=`, each name once and in no other way. */
export function absentLabels(expression: Expression): Labels {
  const selector = expression.kind === 'matrix-selector' ? expression.selector : expression;
  if (selector.kind !== 'vector-selector') {
    return [];
  }
  let labels: Labels = [];
  const seen = new Set<string>([NAME]);
  for (const { name, op, value } of selector.matchers) {
    if (name === NAME) {
      continue;
    }
    labels = withLabel(labels, name, op === '=' && !seen.has(name) ? value : '');
    if (op === '=') {
      seen.add(name);
    }
  }
  return labels;
}
