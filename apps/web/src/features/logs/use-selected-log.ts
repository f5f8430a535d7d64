import type { LogView } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SelectedLog } from './detail/log-detail.tsx';
import { findLog } from './logs-api.ts';
import type { LogsView, RowRef } from './view/logs-view.ts';

/** The selected row's place among the loaded ones, -1 when it is not among them, and its log as far as it is known. */
export interface Selection {
  readonly index: number;
  readonly selected: SelectedLog | undefined;
}

function stateOf(log: LogView | null | undefined, isSettled: boolean): SelectedLog {
  if (log !== undefined && log !== null) {
    return { state: 'found', log };
  }
  return isSettled ? { state: 'missing' } : { state: 'loading' };
}

/** Finds the log that the address selects: among the loaded rows, else by asking for it at its time. `isLoading` says that rows are still on their way. */
export function useSelectedLog(orgId: string, view: LogsView, rows: readonly LogView[], isLoading: boolean): Selection {
  const { row, query } = view;
  const index = useMemo(() => (row === undefined ? -1 : rows.findIndex((log) => log.id === row.id)), [rows, row]);
  const mustAsk = row !== undefined && index < 0 && !isLoading;
  const asked = useQuery({
    queryKey: ['logs', 'row', orgId, query, row],
    queryFn: ({ signal }) => findLog(orgId, query, row as RowRef, signal),
    enabled: mustAsk,
    gcTime: 60_000,
  });
  if (row === undefined) {
    return { index: -1, selected: undefined };
  }
  return { index, selected: stateOf(rows[index] ?? asked.data, mustAsk && !asked.isFetching) };
}
