import { DASHBOARD_COLUMNS, type DashboardPanel, type PanelGrid } from '@aegisguard/model';
import { bottomOf, groupByRow, inReadingOrder, panelsOfRow } from './dashboard-rows.ts';

/**
 * Takes over where visible panels were moved to. What folded rows hide moves with its row, and gets its room back below it.
 */
export function movePanels(
  panels: readonly DashboardPanel[],
  moved: ReadonlyMap<string, PanelGrid>,
  isFolded: (row: DashboardPanel) => boolean,
): readonly DashboardPanel[] {
  const hidden = new Map(
    groupByRow(panels).flatMap(({ row, panels: own }) =>
      row !== undefined && isFolded(row) ? [[row.id, own] as const] : [],
    ),
  );
  const isHidden = new Set([...hidden.values()].flat().map(({ id }) => id));
  const visible = panels
    .filter(({ id }) => !isHidden.has(id))
    .map((panel) => ({ ...panel, grid: moved.get(panel.id) ?? panel.grid }));
  const result: DashboardPanel[] = [];
  let pushed = 0;
  for (const panel of inReadingOrder(visible)) {
    const grid = { ...panel.grid, y: panel.grid.y + pushed };
    result.push({ ...panel, grid });
    const own = hidden.get(panel.id) ?? [];
    const top = Math.min(...own.map((each) => each.grid.y));
    const inside = own.map((each) => ({ ...each, grid: { ...each.grid, y: each.grid.y - top + grid.y + 1 } }));
    result.push(...inside);
    pushed += inside.length === 0 ? 0 : bottomOf(inside) - grid.y - 1;
  }
  return result;
}

/** An id that no panel has. */
export function freeId(panels: readonly DashboardPanel[]): string {
  return String(panels.reduce((most, { id }) => Math.max(most, /^\d{1,9}$/.test(id) ? Number(id) : 0), 0) + 1);
}

/** Adds a panel below all others. */
export function addPanel(
  panels: readonly DashboardPanel[],
  panel: Omit<DashboardPanel, 'id'>,
): readonly DashboardPanel[] {
  return [...panels, { ...panel, id: freeId(panels), grid: { ...panel.grid, y: bottomOf(panels) } }];
}

/** Puts a copy beside a panel, or where there is no room beside it below; what is in the way moves down. */
export function duplicatePanel(panels: readonly DashboardPanel[], id: string): readonly DashboardPanel[] {
  const panel = panels.find((each) => each.id === id);
  if (panel === undefined) {
    return panels;
  }
  const { x, y, w, h } = panel.grid;
  const beside = { ...panel.grid, x: x + w };
  const isFree =
    beside.x + w <= DASHBOARD_COLUMNS &&
    panels.every(
      ({ grid }) => grid.x >= beside.x + w || grid.x + grid.w <= beside.x || grid.y >= y + h || grid.y + grid.h <= y,
    );
  const copy = { ...panel, id: freeId(panels), grid: isFree ? beside : { ...panel.grid, y: y + h } };
  const others = isFree
    ? panels
    : panels.map((each) => (each.grid.y < y + h ? each : { ...each, grid: { ...each.grid, y: each.grid.y + h } }));
  return [...others, copy];
}

/** Takes a panel away; of a row only the line, or its panels, too. */
export function removePanel(
  panels: readonly DashboardPanel[],
  id: string,
  withPanels = false,
): readonly DashboardPanel[] {
  const gone = new Set([id, ...(withPanels ? panelsOfRow(panels, id).map((panel) => panel.id) : [])]);
  return panels.filter((panel) => !gone.has(panel.id));
}
