import { ArrowDown, ArrowUp } from 'lucide-react';
import type { RowAction } from '../../../ui/row-menu.tsx';

/** Moving an item up and down by its menu. */
export function moveActions(
  index: number,
  count: number,
  onMove: (from: number, to: number) => void,
): readonly RowAction[] {
  return [
    {
      label: 'Move up',
      icon: ArrowUp,
      disabledReason: index === 0 ? 'It is the first one.' : undefined,
      onSelect: () => onMove(index, index - 1),
    },
    {
      label: 'Move down',
      icon: ArrowDown,
      disabledReason: index === count - 1 ? 'It is the last one.' : undefined,
      onSelect: () => onMove(index, index + 1),
    },
  ];
}
