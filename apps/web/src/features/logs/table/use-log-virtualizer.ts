import type { LogView } from '@aegisguard/model';
import { type ReactVirtualizer, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { lineOf } from './line-of.ts';
import type { RowSetting } from './log-row.tsx';
import { WRAPPED_CHARACTERS_MAX } from './row-text.ts';

/** Heights of a row that does not wrap. */
const ROW_HEIGHT_PX = 24;
const NARROW_ROW_HEIGHT_PX = 46;

const LINE_HEIGHT_PX = 16;
const CHARACTER_WIDTH_PX = 7.2;

/** Rows drawn beyond the visible ones, so that a fast wheel meets no gap. */
const OVERSCAN_ROWS = 10;

/** Lines that a message will probably take; being close keeps the scroll bar from jumping. */
function wrappedLines(message: string, width: number): number {
  const perLine = Math.max(20, Math.floor(width / CHARACTER_WIDTH_PX));
  let lines = 0;
  for (const line of message.slice(0, WRAPPED_CHARACTERS_MAX).split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / perLine));
  }
  return lines;
}

/** Guesses are asked for again with every page that comes, for all rows: those that were made are kept as long as their log. */
const guesses = new WeakMap<LogView, { readonly width: number; readonly lines: number }>();

function guessedLines(log: LogView, width: number): number {
  const known = guesses.get(log);
  if (known?.width === width) {
    return known.lines;
  }
  const lines = wrappedLines(lineOf(log), width);
  guesses.set(log, { width, lines });
  return lines;
}

/** Which rows are drawn, and where. Rows that do not wrap have one height and are not measured. */
export function useLogVirtualizer(
  rows: readonly LogView[],
  scroller: RefObject<HTMLTableElement | null>,
  setting: RowSetting,
  messageWidth: number,
): ReactVirtualizer<HTMLTableElement, HTMLTableRowElement> {
  const base = setting.isNarrow ? NARROW_ROW_HEIGHT_PX : ROW_HEIGHT_PX;
  return useVirtualizer<HTMLTableElement, HTMLTableRowElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const log = rows[index];
      return log === undefined || !setting.wrap ? base : base + (guessedLines(log, messageWidth) - 1) * LINE_HEIGHT_PX;
    },
    overscan: OVERSCAN_ROWS,
    // The header sticks to the top and would cover a row that is scrolled to there.
    scrollPaddingStart: setting.isNarrow ? 0 : ROW_HEIGHT_PX + 4,
  });
}
