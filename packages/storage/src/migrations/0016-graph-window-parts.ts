import type { Migration } from './migration.ts';

/**
 * Parts of windows that were too much, and are added in halves: whoever goes on after a crash must not add them whole (docs/adr/0026-traces.md). Such a row has the end of the window before, so that a program that does not know the column
 * takes no window to be done by it.
 */
export const GRAPH_WINDOW_PARTS: Migration = {
  version: 16,
  name: 'graph-window-parts',
  statements: ({ graphWindows }) => [
    `ALTER TABLE ${graphWindows} ADD COLUMN IF NOT EXISTS too_much String CODEC(ZSTD(1))`,
  ],
};
