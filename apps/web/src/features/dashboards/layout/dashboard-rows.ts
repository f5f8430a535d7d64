import type { DashboardPanel } from '@aegisguard/model';

/** A row with the panels below it; those above the first row have none. */
export interface PanelGroup {
  readonly row: DashboardPanel | undefined;
  readonly panels: readonly DashboardPanel[];
}

/** As one reads: from above, then from the left. */
export function inReadingOrder(panels: readonly DashboardPanel[]): readonly DashboardPanel[] {
  return panels.toSorted((a, b) => a.grid.y - b.grid.y || a.grid.x - b.grid.x);
}

/** Which row each panel belongs to: the nearest above it. */
export function groupByRow(panels: readonly DashboardPanel[]): readonly PanelGroup[] {
  const groups: { row: DashboardPanel | undefined; panels: DashboardPanel[] }[] = [{ row: undefined, panels: [] }];
  for (const panel of inReadingOrder(panels)) {
    if (panel.type === 'row') {
      groups.push({ row: panel, panels: [] });
    } else {
      groups.at(-1)?.panels.push(panel);
    }
  }
  return groups.filter(({ row, panels: own }) => row !== undefined || own.length > 0);
}

/** The panels of a row, for those that move or go with it. */
export function panelsOfRow(panels: readonly DashboardPanel[], rowId: string): readonly DashboardPanel[] {
  return groupByRow(panels).find(({ row }) => row?.id === rowId)?.panels ?? [];
}

/** The first line below all panels. */
export function bottomOf(panels: readonly DashboardPanel[]): number {
  return panels.reduce((most, { grid }) => Math.max(most, grid.y + grid.h), 0);
}
