import type { LogDirection } from '@aegisguard/model';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LogColumn } from './columns.ts';

/** The names of the columns; the time's turns the order round. */
export function LogTableHeader({
  columns,
  template,
  direction,
  isHidden,
  onTurn,
}: {
  readonly columns: readonly LogColumn[];
  readonly template: string;
  readonly direction: LogDirection;
  /** There for assistive technology only: narrow rows have no columns to stand under. */
  readonly isHidden: boolean;
  readonly onTurn: () => void;
}): ReactNode {
  const Arrow = direction === 'backward' ? ArrowDown : ArrowUp;
  return (
    <thead className={isHidden ? 'sr-only' : 'sticky top-0 z-10 block'}>
      <tr
        aria-rowindex={1}
        className="grid h-7 items-center gap-x-3 border-line border-b bg-canvas px-3 text-left group-focus-visible/grid:shadow-[inset_0_-2px_0_var(--focus)] text-subtle text-xs"
        style={{ gridTemplateColumns: template }}
      >
        {columns.map(({ name, title }) =>
          name === 'time' ? (
            <th
              key={name}
              scope="col"
              aria-sort={direction === 'backward' ? 'descending' : 'ascending'}
              className="block p-0 font-medium"
            >
              <button
                type="button"
                className="-ml-1 flex h-5 items-center gap-1 rounded px-1 hover:bg-hover hover:text-text"
                title={
                  direction === 'backward'
                    ? 'Newest first; click for oldest first'
                    : 'Oldest first; click for newest first'
                }
                onClick={onTurn}
              >
                {title}
                <Arrow aria-hidden className="size-3" />
              </button>
            </th>
          ) : (
            <th key={name} scope="col" className="block p-0 font-medium">
              {title}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}
