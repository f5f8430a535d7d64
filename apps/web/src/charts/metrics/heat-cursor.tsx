import type { ReactNode } from 'react';
import type { HeatGrid } from './heat-grid.ts';
import { cellBox, cellByKey, type HeatCell, type HeatLayout } from './heat-layout.ts';

/** The frame around the cell that is told, and what takes the keys: arrows go from cell to cell, Enter looks closer around one. */
export function HeatCursor({
  label,
  grid,
  layout,
  cell,
  words,
  onCell,
  onEnter,
}: {
  readonly label: string;
  readonly grid: HeatGrid;
  readonly layout: HeatLayout;
  readonly cell: HeatCell | undefined;
  /** What the cell says. */
  readonly words: string;
  readonly onCell: (cell: HeatCell | undefined) => void;
  readonly onEnter: (ms: number) => void;
}): ReactNode {
  const last = Math.max(0, grid.times.length - 1);
  return (
    <>
      {cell === undefined ? null : (
        <div
          aria-hidden
          className="pointer-events-none absolute outline-1 outline-text outline-solid"
          style={cellBox(grid, layout, cell)}
        />
      )}
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={cell?.index ?? last}
        aria-valuetext={words === '' ? `${grid.rows.length} buckets` : words}
        className="pointer-events-none absolute inset-0 rounded"
        onBlur={() => onCell(undefined)}
        onKeyDown={(event) => {
          const next = cellByKey(grid, cell, event.key, event.shiftKey);
          if (next !== undefined) {
            onCell(next);
          } else if (event.key === 'Enter' && cell !== undefined) {
            onEnter(grid.times[cell.index] ?? 0);
          } else if (event.key === 'Escape' && cell !== undefined) {
            onCell(undefined);
          } else {
            return;
          }
          event.preventDefault();
        }}
      />
    </>
  );
}
