import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ColumnToggle } from '../detail/column-toggle.ts';
import type { ColumnChanges } from '../table/log-table-header.tsx';
import type { LogsViewControl } from '../view/use-logs-view.ts';
import { type ColumnSetting, moveColumn, resizeColumn, toggleColumn } from '../view/view-columns.ts';

/** Browsers refuse more than some dozens of address changes a second; a dragged width asks for more. */
const SETTLE_MS = 150;

/** Makes other columns of those that there are. */
export type EditColumns = (before: readonly ColumnSetting[]) => readonly ColumnSetting[];

/** The columns of the view, and the ways to change them. The address follows a moment later. */
export interface ColumnsControl {
  readonly columns: readonly ColumnSetting[];
  readonly change: (edit: EditColumns) => void;
  readonly inHeader: ColumnChanges;
  readonly inDetail: ColumnToggle;
}

/** Keeps the columns of the view. */
export function useColumns({ view, now, adjust }: LogsViewControl): ColumnsControl {
  const [pending, setPending] = useState<readonly ColumnSetting[]>();
  const pendingNow = useRef(pending);
  const columns = pending ?? view.columns;
  useEffect(() => {
    if (pending === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => {
      adjust({ columns: pending });
      pendingNow.current = undefined;
      startTransition(() => setPending(undefined));
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [pending, adjust]);
  const change = useCallback(
    (edit: EditColumns) => {
      pendingNow.current = edit(pendingNow.current ?? now().columns);
      setPending(pendingNow.current);
    },
    [now],
  );
  const inHeader = useMemo<ColumnChanges>(
    () => ({
      onMove: (name, before) =>
        change((all) =>
          moveColumn(
            all,
            name,
            all.findIndex((column) => column.name === before),
          ),
        ),
      onResize: (name, widthPx) => change((all) => resizeColumn(all, name, widthPx)),
    }),
    [change],
  );
  const inDetail = useMemo<ColumnToggle>(
    () => ({
      isShown: (label) => columns.some(({ name }) => name === label),
      toggle: (label) => change((all) => toggleColumn(all, label)),
    }),
    [columns, change],
  );
  return { columns, change, inHeader, inDetail };
}
