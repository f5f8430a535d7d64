import type { Labels } from '@aegisguard/model';
import type { Aggregation } from '../../syntax/ast/aggregation.ts';
import { onlyLabels, withoutLabels } from '../label-order.ts';

/** Which labels an aggregation's groups have in common. */
export function groupLabels({
  grouping,
  isWithout,
}: Pick<Aggregation, 'grouping' | 'isWithout'>): (labels: Labels) => Labels {
  if (isWithout) {
    const gone = new Set([...grouping, '__name__']);
    return (labels) => withoutLabels(labels, gone);
  }
  const kept = new Set(grouping);
  return kept.size === 0 ? () => [] : (labels) => onlyLabels(labels, kept);
}
