import { useCallback, useMemo, useState } from 'react';
import { isError, type TraceModel } from '../model/trace-model.ts';
import { collapsedFrom, movedRows, revealing, visibleRows, withAncestors } from '../model/visible-rows.ts';
import type { RowChoice } from '../view/trace-view.ts';

/** Which rows of a trace the waterfall shows, and what changes that. */
export interface TraceRows {
  readonly visible: Int32Array;
  readonly collapsed: ReadonlySet<number>;
  readonly toggle: (row: number) => void;
  readonly expandAll: () => void;
  /** Leaves so many levels. */
  readonly collapseTo: (levels: number) => void;
  /** Opens what is above a row. */
  readonly reveal: (row: number) => void;
}

const NONE: ReadonlySet<number> = new Set();

function chosenRows(model: TraceModel, only: RowChoice, matches: Int32Array): Uint8Array | undefined {
  const rows = (keeps: (row: number) => boolean): number[] =>
    Array.from({ length: model.count }, (_, row) => row).filter(keeps);
  const { offsets } = model.critical;
  switch (only) {
    case 'critical':
      return withAncestors(
        model,
        rows((row) => (offsets[row + 1] ?? 0) > (offsets[row] ?? 0)),
      );
    case 'errors':
      return withAncestors(
        model,
        rows((row) => isError(model, row)),
      );
    case 'matches':
      return withAncestors(model, matches);
    case 'all':
      return undefined;
  }
}

/** Keeps what is collapsed, whatever row it is at once the trace is read again. */
export function useTraceRows(model: TraceModel, only: RowChoice, matches: Int32Array): TraceRows {
  const [kept, setState] = useState({ model, collapsed: NONE });
  const state = kept.model === model ? kept : { model, collapsed: movedRows(kept.model, model, kept.collapsed) };
  if (state !== kept) {
    setState(state);
  }
  const { collapsed } = state;
  const change = useCallback(
    (next: (before: ReadonlySet<number>, of: TraceModel) => ReadonlySet<number>) =>
      setState((before) => ({ ...before, collapsed: next(before.collapsed, before.model) })),
    [],
  );
  // Another text changes nothing where its matches are not what is shown.
  const shownMatches = only === 'matches' ? matches : undefined;
  const chosen = useMemo(() => chosenRows(model, only, shownMatches ?? new Int32Array()), [model, only, shownMatches]);
  const visible = useMemo(() => visibleRows(model, collapsed, chosen), [model, collapsed, chosen]);
  const moves = useMemo(
    () => ({
      toggle: (row: number) =>
        change((before) => {
          const next = new Set(before);
          if (!next.delete(row)) {
            next.add(row);
          }
          return next;
        }),
      expandAll: () => change(() => NONE),
      collapseTo: (levels: number) => change((_, of) => collapsedFrom(of, levels - 1)),
      reveal: (row: number) => change((before, of) => revealing(of, before, row)),
    }),
    [change],
  );
  return useMemo(() => ({ visible, collapsed, ...moves }), [visible, collapsed, moves]);
}
