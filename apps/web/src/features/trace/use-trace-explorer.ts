import type { TraceOutline } from '@aegisguard/model';
import { type RefObject, useCallback, useRef } from 'react';
import { useAddressView } from '../../lib/use-address-view.ts';
import { type TraceSearch, useTraceSearch } from './find/use-trace-search.ts';
import { nextMatch } from './model/find-rows.ts';
import type { TraceModel } from './model/trace-model.ts';
import { placeOf } from './model/visible-rows.ts';
import type { TraceRef } from './trace-api.ts';
import { type SpanCursorControl, useSpanCursor } from './use-span-cursor.ts';
import { parseTraceView, printTraceView, type TraceView } from './view/trace-view.ts';
import { type TraceRows, useTraceRows } from './waterfall/use-trace-rows.ts';
import { useZoom, type Zoom } from './zoom/use-zoom.ts';
import { zoomOnto } from './zoom/zoom-steps.ts';

/** Everything that the views of one trace share. */
export interface TraceExplorer extends Zoom {
  readonly trace: TraceRef;
  readonly outline: TraceOutline;
  readonly model: TraceModel;
  readonly view: TraceView;
  readonly change: (part: Partial<TraceView>, replace?: boolean) => void;
  readonly search: TraceSearch;
  readonly rows: TraceRows;
  readonly cursor: SpanCursorControl;
  /** Opens the span of a row, in whatever view is shown. */
  readonly open: (row: number) => void;
  /** The panel of the open span. */
  readonly panel: RefObject<HTMLElement | null>;
  /** What Enter does at a row: opens its span, or goes into the panel where it is open. */
  readonly enter: (row: number) => void;
  /** Goes to the next or the previous match. */
  readonly toMatch: (by: 1 | -1) => void;
}

/** Keeps what the views of one trace share; what a link reproduces is in the address. */
export function useTraceExplorer(trace: TraceRef, outline: TraceOutline, model: TraceModel): TraceExplorer {
  const address = useAddressView(parseTraceView, printTraceView);
  const { view, change } = address;
  const search = useTraceSearch(trace, model, view.find);
  const rows = useTraceRows(model, view.only, search.matches);
  const cursor = useSpanCursor(model, view.span, (span, replace) => change({ span }, replace));
  const zoom = useZoom(address, model.total);
  const panel = useRef<HTMLElement>(null);
  const { reveal } = rows;
  const { adjustZoom } = zoom;
  const open = useCallback(
    (row: number) => {
      reveal(row);
      cursor.open(row);
    },
    [reveal, cursor.open],
  );
  const enter = useCallback(
    (row: number) => (cursor.isOpen && cursor.row === row ? panel.current?.focus() : open(row)),
    [cursor.isOpen, cursor.row, open],
  );
  const toMatch = useCallback(
    (by: 1 | -1) => {
      const row = nextMatch(search.matches, cursor.row, by);
      if (row !== undefined) {
        reveal(row);
        cursor.move(row);
        adjustZoom((shown) => zoomOnto(shown, model.start[row] ?? 0, model.duration[row] ?? 0));
      }
    },
    [search.matches, cursor.row, cursor.move, reveal, adjustZoom, model],
  );
  return {
    trace,
    outline,
    model,
    view,
    change,
    ...zoom,
    search,
    rows,
    cursor,
    open,
    panel,
    enter,
    toMatch,
  };
}

/** Moves the cursor by rows that are shown. */
export function stepRows({ rows: { visible }, cursor }: TraceExplorer, by: number): void {
  const at = cursor.row === undefined ? -1 : placeOf(visible, cursor.row);
  const row = visible[Math.max(0, Math.min(visible.length - 1, at + by))];
  if (row !== undefined) {
    cursor.move(row);
  }
}

/** Closes the row of the cursor, or goes to the one above it. */
export function stepOut({ rows: { collapsed, toggle }, cursor, model }: TraceExplorer): void {
  const { row } = cursor;
  if (row === undefined) {
    return;
  }
  const above = model.parent[row] ?? -1;
  if ((model.children[row] ?? 0) > 0 && !collapsed.has(row)) {
    toggle(row);
  } else if (above >= 0) {
    cursor.move(above);
  }
}

/** Opens the row of the cursor, or goes to the first one below it. */
export function stepIn(explorer: TraceExplorer): void {
  const { rows, cursor, model } = explorer;
  const { row } = cursor;
  if (row === undefined || (model.children[row] ?? 0) === 0) {
    return;
  }
  if (rows.collapsed.has(row)) {
    rows.toggle(row);
  } else {
    stepRows(explorer, 1);
  }
}
