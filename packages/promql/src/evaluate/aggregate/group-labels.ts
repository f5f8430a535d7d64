import type { Aggregation } from '../../syntax/ast/aggregation.ts';

/** Which labels an aggregation's groups have in common, by their names. */
export function groupLabels({
  grouping,
  isWithout,
}: Pick<Aggregation, 'grouping' | 'isWithout'>): (name: string) => boolean {
  const named = new Set(isWithout ? [...grouping, '__name__'] : grouping);
  return (name) => named.has(name) !== isWithout;
}
