import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HandleProps } from './use-reorder.ts';

/** By which an item is dragged, or moved with the arrow keys. */
export function DragHandle({ label, ...handle }: HandleProps & { readonly label: string }): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      title="Drag, or use the arrow keys"
      className="flex h-8 w-5 shrink-0 cursor-grab touch-none items-center justify-center rounded text-subtle hover:bg-hover hover:text-text active:cursor-grabbing"
      {...handle}
    >
      <GripVertical aria-hidden className="size-4" />
    </button>
  );
}
