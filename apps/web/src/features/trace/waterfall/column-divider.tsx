import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { NameColumn } from './use-name-column.ts';

/** By an arrow key. */
const STEP = 0.02;

/** The border between names and bars, to be dragged or moved by the arrow keys. */
export function ColumnDivider({ column }: { readonly column: NameColumn }): ReactNode {
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      const left = event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0;
      column.setPx(event.clientX - left);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      column.setShare(column.share + by);
    }
  };
  return (
    <hr
      tabIndex={0}
      aria-label="Width of the names"
      aria-orientation="vertical"
      aria-valuemin={15}
      aria-valuemax={70}
      aria-valuenow={Math.round(column.share * 100)}
      className="absolute inset-y-0 -ml-1 h-full w-2 cursor-col-resize touch-none border-0 bg-[linear-gradient(var(--line),var(--line))] bg-[length:1px_100%] bg-center bg-no-repeat hover:bg-[length:3px_100%] active:bg-accent/40"
      style={{ left: column.widthPx }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}
