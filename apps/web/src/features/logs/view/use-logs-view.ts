import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate, useNavigationType } from 'react-router';
import { type LogsView, parseLogsView, printLogsView, type RowRef } from './logs-view.ts';

/** Browsers refuse more than some dozens of address changes a second; a held key asks for more. */
const ROW_SETTLE_MS = 150;

/** The view that the address says, and the ways to change it. */
export interface LogsViewControl {
  readonly view: LogsView;
  /** Changes the view as a step that the back button undoes. */
  readonly go: (change: Partial<LogsView>) => void;
  /** Changes the view in place. */
  readonly adjust: (change: Partial<LogsView>) => void;
  /** Selects a row, or none. The address follows a moment later. */
  readonly selectRow: (row: RowRef | undefined) => void;
}

interface PendingRow {
  readonly row: RowRef | undefined;
}

/** Marks the history entry that opened a row, so that closing the row can go back to the entry before. */
const OPENED_ROW = { openedRow: true };

function isOpenedRow(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'openedRow' in state;
}

/** Reads the view from the address and writes changes to it. */
export function useLogsView(): LogsViewControl {
  const location = useLocation();
  const navigate = useNavigate();
  const navigationType = useNavigationType();
  const inAddress = useMemo(() => parseLogsView(new URLSearchParams(location.search)), [location.search]);
  const [pending, setPending] = useState<PendingRow>();
  const view = useMemo(
    () => (pending === undefined ? inAddress : { ...inAddress, row: pending.row }),
    [inAddress, pending],
  );
  const latest = useRef({ view, location });
  useEffect(() => {
    latest.current = { view, location };
  });

  // The back button has the last word on the row; what is written here has not, for a key may have been pressed meanwhile.
  const search = location.search;
  const [seenSearch, setSeenSearch] = useState(search);
  if (seenSearch !== search) {
    setSeenSearch(search);
    if (navigationType === 'POP') {
      setPending(undefined);
    }
  }

  const write = useCallback(
    (change: Partial<LogsView>, options: { readonly replace: boolean; readonly state?: unknown }) => {
      const search = printLogsView({ ...latest.current.view, ...change }).toString();
      // Together with the address, which the router changes in a transition: before it, the row that the address still says would show for a moment, and keys would step from there.
      startTransition(() => {
        setPending(undefined);
        void navigate({ search: search === '' ? '' : `?${search}` }, options);
      });
    },
    [navigate],
  );

  useEffect(() => {
    if (pending === undefined) {
      return undefined;
    }
    const timer = setTimeout(
      () => write({ row: pending.row }, { replace: true, state: latest.current.location.state }),
      ROW_SETTLE_MS,
    );
    return () => clearTimeout(timer);
  }, [pending, write]);

  const go = useCallback(
    (change: Partial<LogsView>) => write({ row: undefined, around: undefined, ...change }, { replace: false }),
    [write],
  );
  const adjust = useCallback(
    (change: Partial<LogsView>) => write(change, { replace: true, state: latest.current.location.state }),
    [write],
  );
  const selectRow = useCallback(
    (row: RowRef | undefined) => {
      const { view: now, location: at } = latest.current;
      if (row === undefined && isOpenedRow(at.state)) {
        setPending(undefined);
        void navigate(-1);
      } else if (row !== undefined && now.row === undefined) {
        write({ row }, { replace: false, state: OPENED_ROW });
      } else {
        setPending({ row });
      }
    },
    [navigate, write],
  );
  return useMemo(() => ({ view, go, adjust, selectRow }), [view, go, adjust, selectRow]);
}
