import { useCallback, useEffect, useRef, useState } from 'react';
import type { TraceModel } from './model/trace-model.ts';

/** Browsers refuse more than some dozens of address changes a second; a held key asks for more. */
const SETTLE_MS = 150;

/** The span that keys start from. */
interface SpanCursor {
  readonly row: number | undefined;
  /** Whether its panel is open. */
  readonly isOpen: boolean;
}

/** The cursor, and what moves it. */
export interface SpanCursorControl extends SpanCursor {
  readonly move: (row: number) => void;
  readonly open: (row: number) => void;
  readonly close: () => void;
}

/**
 * Keeps the cursor. An open span is in the address, which follows a moment later; the back button, or a link, has the last word on it. `write` takes a step of the history for a span that opens, and changes the
 * address in place for one that the cursor moves to.
 */
export function useSpanCursor(
  model: TraceModel,
  inAddress: string | undefined,
  write: (span: string | undefined, replace: boolean) => void,
): SpanCursorControl {
  const rowInAddress = inAddress === undefined ? undefined : model.rowOf(inAddress);
  const [cursor, setCursor] = useState<SpanCursor>({ row: rowInAddress, isOpen: rowInAddress !== undefined });
  // What the address was last told, or last said.
  const known = useRef(inAddress);
  const wanted = cursor.isOpen && cursor.row !== undefined ? model.ids[cursor.row] : undefined;
  useEffect(() => {
    if (inAddress !== known.current) {
      known.current = inAddress;
      setCursor((before) =>
        inAddress === undefined ? { ...before, isOpen: false } : { row: rowInAddress, isOpen: true },
      );
    }
  }, [inAddress, rowInAddress]);
  const writeNow = useRef(write);
  useEffect(() => {
    writeNow.current = write;
  });
  useEffect(() => {
    if (wanted === known.current) {
      return undefined;
    }
    const moves = wanted !== undefined && known.current !== undefined;
    const timer = setTimeout(
      () => {
        known.current = wanted;
        writeNow.current(wanted, moves);
      },
      moves ? SETTLE_MS : 0,
    );
    return () => clearTimeout(timer);
  }, [wanted]);
  const move = useCallback((row: number) => setCursor(({ isOpen }) => ({ row, isOpen })), []);
  const open = useCallback((row: number) => setCursor({ row, isOpen: true }), []);
  const close = useCallback(() => setCursor(({ row }) => ({ row, isOpen: false })), []);
  return { ...cursor, move, open, close };
}
