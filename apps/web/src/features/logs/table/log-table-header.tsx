import type { LogDirection } from '@aegisguard/model';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type DragEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import type { LogColumn } from './columns.ts';

/** What can be done with columns in their header. */
export interface ColumnChanges {
  /** Puts a label's column where another one is. */
  readonly onMove: (name: string, before: string) => void;
  readonly onResize: (name: string, widthPx: number) => void;
}

/** What a dragged column carries: no other page or file can be dropped here. */
const DRAG_TYPE = 'application/x-log-column';

/** Changes a column's width while it is dragged. For the pointer only: the menu of columns has keys for it. */
function ResizeHandle({ onResize }: { readonly onResize: (widthPx: number) => void }): ReactNode {
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    const handle = event.currentTarget;
    const startX = event.clientX;
    const startWidth = handle.parentElement?.getBoundingClientRect().width ?? 0;
    handle.setPointerCapture(event.pointerId);
    const drag = (moved: globalThis.PointerEvent): void => onResize(startWidth + moved.clientX - startX);
    const end = (): void => {
      handle.removeEventListener('pointermove', drag);
      handle.removeEventListener('lostpointercapture', end);
    };
    handle.addEventListener('pointermove', drag);
    handle.addEventListener('lostpointercapture', end);
  };
  return (
    <span
      aria-hidden
      data-resize=""
      className="absolute top-0 -right-[9px] z-10 h-5 w-[6px] cursor-col-resize touch-none rounded-[2px] hover:bg-line-strong active:bg-accent"
      onPointerDown={onPointerDown}
    />
  );
}

function LabelHead({
  column,
  onColumns,
}: {
  readonly column: LogColumn;
  readonly onColumns: ColumnChanges;
}): ReactNode {
  const [isTarget, setTarget] = useState(false);
  const over = (event: DragEvent): void => {
    if (event.dataTransfer.types.includes(DRAG_TYPE)) {
      event.preventDefault();
      setTarget(true);
    }
  };
  return (
    <th
      scope="col"
      title={`${column.name}: drag to move`}
      draggable
      className={classNames('relative block min-w-0 cursor-grab p-0 font-medium', isTarget && 'text-accent')}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, column.name);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={over}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        event.preventDefault();
        setTarget(false);
        onColumns.onMove(event.dataTransfer.getData(DRAG_TYPE), column.name);
      }}
    >
      <span className="block truncate">{column.title}</span>
      <ResizeHandle onResize={(widthPx) => onColumns.onResize(column.name, widthPx)} />
    </th>
  );
}

function TimeHead({
  title,
  direction,
  onTurn,
}: {
  readonly title: string;
  readonly direction: LogDirection;
  readonly onTurn: () => void;
}): ReactNode {
  const Arrow = direction === 'backward' ? ArrowDown : ArrowUp;
  return (
    <th scope="col" aria-sort={direction === 'backward' ? 'descending' : 'ascending'} className="block p-0 font-medium">
      <button
        type="button"
        className="-ml-1 flex h-5 items-center gap-1 rounded px-1 hover:bg-hover hover:text-text"
        title={
          direction === 'backward' ? 'Newest first; click for oldest first' : 'Oldest first; click for newest first'
        }
        onClick={onTurn}
      >
        {title}
        <Arrow aria-hidden className="size-3" />
      </button>
    </th>
  );
}

function Head({
  column,
  direction,
  onTurn,
  onColumns,
}: {
  readonly column: LogColumn;
  readonly direction: LogDirection;
  readonly onTurn: () => void;
  readonly onColumns: ColumnChanges;
}): ReactNode {
  switch (column.kind) {
    case 'time':
      return <TimeHead title={column.title} direction={direction} onTurn={onTurn} />;
    case 'label':
      return <LabelHead column={column} onColumns={onColumns} />;
    case 'message':
      return (
        <th scope="col" className="block p-0 font-medium">
          {column.title}
        </th>
      );
  }
}

/** The names of the columns; the time's turns the order round, labels' can be dragged and made wider. */
export function LogTableHeader({
  columns,
  template,
  minWidthPx,
  direction,
  isHidden,
  onTurn,
  onColumns,
}: {
  readonly columns: readonly LogColumn[];
  readonly template: string;
  readonly minWidthPx: number;
  readonly direction: LogDirection;
  /** There for assistive technology only: narrow rows have no columns to stand under. */
  readonly isHidden: boolean;
  readonly onTurn: () => void;
  readonly onColumns: ColumnChanges;
}): ReactNode {
  return (
    <thead className={isHidden ? 'sr-only' : 'sticky top-0 z-10 block'}>
      <tr
        aria-rowindex={1}
        className="grid h-7 items-center gap-x-3 border-line border-b bg-canvas px-3 text-left group-focus-visible/grid:shadow-[inset_0_-2px_0_var(--focus)] text-subtle text-xs"
        style={{ gridTemplateColumns: template, minWidth: minWidthPx }}
      >
        {columns.map((column) => (
          <Head
            key={`${column.kind} ${column.name}`}
            column={column}
            direction={direction}
            onTurn={onTurn}
            onColumns={onColumns}
          />
        ))}
      </tr>
    </thead>
  );
}
