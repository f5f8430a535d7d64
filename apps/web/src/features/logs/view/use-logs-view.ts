import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate, useNavigationType } from 'react-router';
import { useAddressView } from '../../../lib/use-address-view.ts';
import { type LogsView, parseLogsView, printLogsView, type RowRef } from './logs-view.ts';

/** Browsers refuse more than some dozens of address changes a second; a held key asks for more. */
const ROW_SETTLE_MS = 150;

/** The view that the address says, and the ways to change it. */
export interface LogsViewControl {
  /** As it is drawn. */
  readonly view: LogsView;
  /** As it is at this moment: what a change is reckoned from, since drawing comes later. */
  readonly now: () => LogsView;
  /** Changes the view as a step that the back button undoes. */
  readonly go: (change: Partial<LogsView>) => void;
  /** Changes the view in place. */
  readonly adjust: (change: Partial<LogsView>) => void;
  /** Turns the order of the logs round. */
  readonly turn: () => void;
  /** Wraps messages, or no more. */
  readonly toggleWrap: () => void;
  /** Selects a row, or none. The address follows a moment later. */
  readonly selectRow: (row: RowRef | undefined) => void;
}

/** A row that is selected, though the address does not say so yet. */
type PendingRow = Pick<LogsView, 'row'>;

/** Marks the history entry that opened a row, so that closing the row can go back to the entry before. */
const OPENED_ROW = { openedRow: true };

/** What the router keeps beside the address at this moment; it is drawn later, as the address is. */
function historyState(): unknown {
  const kept: unknown = window.history.state;
  return typeof kept === 'object' && kept !== null && 'usr' in kept ? kept.usr : undefined;
}

function isOpenedRow(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'openedRow' in state;
}

/** Reads the view from the address and writes changes to it. */
export function useLogsView(): LogsViewControl {
  const { view: inAddress, now: nowInAddress, change: changeAddress } = useAddressView(parseLogsView, printLogsView);
  const navigate = useNavigate();
  const [pending, setPending] = useState<PendingRow>();
  const view = useMemo(() => ({ ...inAddress, ...pending }), [inAddress, pending]);
  const pendingNow = useRef(pending);
  useEffect(() => {
    pendingNow.current = pending;
  }, [pending]);
  const now = useCallback(() => ({ ...nowInAddress(), ...pendingNow.current }), [nowInAddress]);

  // The back button has the last word on the row; what is written here has not, for a key may have been pressed meanwhile.
  const { search } = useLocation();
  const navigationType = useNavigationType();
  const [seenSearch, setSeenSearch] = useState(search);
  if (seenSearch !== search) {
    setSeenSearch(search);
    if (navigationType === 'POP') {
      setPending(undefined);
    }
  }

  const write = useCallback(
    (change: Partial<LogsView>, replace: boolean, state?: unknown) => {
      const row = pendingNow.current;
      pendingNow.current = undefined;
      // Together with the address, which the router changes in a transition: before it, the row that the address still says would show for a moment, and keys would step from there.
      startTransition(() => {
        setPending(undefined);
        changeAddress({ ...row, ...change }, replace, state);
      });
    },
    [changeAddress],
  );
  const go = useCallback(
    (change: Partial<LogsView>) => write({ row: undefined, around: undefined, ...change }, false),
    [write],
  );
  const adjust = useCallback((change: Partial<LogsView>) => write(change, true, historyState()), [write]);
  useEffect(() => {
    if (pending === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => adjust({}), ROW_SETTLE_MS);
    return () => clearTimeout(timer);
  }, [pending, adjust]);

  const selectRow = useCallback(
    (row: RowRef | undefined) => {
      const settle = (next: PendingRow | undefined): void => {
        pendingNow.current = next;
        setPending(next);
      };
      if (row === undefined && isOpenedRow(historyState())) {
        settle(undefined);
        void navigate(-1);
      } else if (row !== undefined && now().row === undefined) {
        write({ row }, false, OPENED_ROW);
      } else {
        settle({ row });
      }
    },
    [navigate, now, write],
  );
  return useMemo(
    () => ({
      view,
      now,
      go,
      adjust,
      turn: () => adjust({ direction: now().direction === 'backward' ? 'forward' : 'backward' }),
      toggleWrap: () => adjust({ wrap: !now().wrap }),
      selectRow,
    }),
    [view, now, go, adjust, selectRow],
  );
}
