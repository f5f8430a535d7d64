import { startTransition, useCallback, useEffect, useMemo, useState } from 'react';
import type { ColumnToggle } from '../detail/column-toggle.ts';
import type { ColumnChanges } from '../table/log-table-header.tsx';
import type { LogsViewControl } from '../view/use-logs-view.ts';
import { type ColumnSetting, moveColumn, resizeColumn, toggleColumn } from '../view/view-columns.ts';

/** Browsers refuse more than some dozens of address changes a second; a dragged width asks for more. */
const SETTLE_MS = 150;

/** The columns of the view, and the ways to change them. The address follows a moment later. */
export interface ColumnsControl {
  readonly columns: readonly ColumnSetting[];
  readonly set: (columns: readonly ColumnSetting[]) => void;
  readonly inHeader: ColumnChanges;
  readonly inDetail: ColumnToggle;
}

/** Keeps the columns of the view. */
export function useColumns({ view, adjust }: LogsViewControl): ColumnsControl {
  const [pending, setPending] = useState<readonly ColumnSetting[]>();
  const columns = pending ?? view.columns;
  useEffect(() => {
    if (pending === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => {
      adjust({ columns: pending });
      startTransition(() => setPending(undefined));
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [pending, adjust]);
  const { columns: inAddress } = view;
  const change = useCallback(
    (edit: (before: readonly ColumnSetting[]) => readonly ColumnSetting[]) =>
      setPending((before) => edit(before ?? inAddress)),
    [inAddress],
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
  return { columns, set: setPending, inHeader, inDetail };
}
