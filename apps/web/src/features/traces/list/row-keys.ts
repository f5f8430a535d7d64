import type { RefObject } from 'react';

/** The row that has the focus, or that one steps from: none is before the first. */
function rowIndex(rows: readonly HTMLElement[]): number {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function rowsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
}

/** Keys of the list: steps from row to row, by the focus, and what is pressed in the row that has it. */
export function rowKeys(list: RefObject<HTMLElement | null>) {
  const step = (by: 1 | -1): void => {
    const rows = rowsOf(list.current);
    const target = rows[Math.max(0, Math.min(rows.length - 1, rowIndex(rows) + by))];
    target?.querySelector<HTMLElement>('[data-open]')?.focus();
  };
  const press = (key: string): void => {
    const rows = rowsOf(list.current);
    rows[rowIndex(rows)]?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();
  };
  return { j: () => step(1), k: () => step(-1), x: () => press('x'), e: () => press('e') };
}
