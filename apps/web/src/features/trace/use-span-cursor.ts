import { useCallback, useEffect, useRef, useState } from 'react';
import type { TraceModel } from './model/trace-model.ts';

/** Browsers refuse more than some dozens of address changes a second; a held key asks for more. */
const SETTLE_MS = 150;

/** The span that keys start from. */
interface SpanCursor {
  /** Undefined for a span that has not arrived, too. */
  readonly row: number | undefined;
  /** Whether its panel is open. */
  readonly isOpen: boolean;
}

/** The cursor, and what moves it. */
export interface SpanCursorControl extends SpanCursor {
  /** The open span that is not among those that have arrived. */
  readonly missing: string | undefined;
  readonly move: (row: number) => void;
  readonly open: (row: number) => void;
  readonly close: () => void;
}

/** A cursor with the span's id: its row is another one when spans have come since. */
interface KeptCursor extends SpanCursor {
  readonly model: TraceModel;
  readonly span: string | undefined;
}

function atSpan(model: TraceModel, span: string | undefined, isOpen: boolean): KeptCursor {
  return { model, span, row: span === undefined ? undefined : model.rowOf(span), isOpen };
}

function atRow(model: TraceModel, row: number, isOpen: boolean): KeptCursor {
  return { model, span: model.ids[row], row, isOpen };
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
  const [kept, setCursor] = useState(() => atSpan(model, inAddress, inAddress !== undefined));
  const cursor = kept.model === model ? kept : atSpan(model, kept.span, kept.isOpen);
  if (cursor !== kept) {
    setCursor(cursor);
  }
  // What the address was last told, or last said.
  const known = useRef(inAddress);
  const wanted = cursor.isOpen ? cursor.span : undefined;
  useEffect(() => {
    if (inAddress !== known.current) {
      known.current = inAddress;
      setCursor((before) =>
        inAddress === undefined ? { ...before, isOpen: false } : atSpan(before.model, inAddress, true),
      );
    }
  }, [inAddress]);
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
  const move = useCallback((row: number) => setCursor(({ isOpen }) => atRow(model, row, isOpen)), [model]);
  const open = useCallback((row: number) => setCursor(atRow(model, row, true)), [model]);
  const close = useCallback(() => setCursor((before) => ({ ...before, isOpen: false })), []);
  const missing = cursor.isOpen && cursor.row === undefined ? cursor.span : undefined;
  return { row: cursor.row, isOpen: cursor.isOpen, missing, move, open, close };
}
