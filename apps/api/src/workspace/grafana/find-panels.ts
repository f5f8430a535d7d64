// https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/#panel-size-and-position
import { DASHBOARD_COLUMNS, type PanelGrid } from '@aegisguard/model';
import { type LooseObject, numberOf, objectOf, objectsOf, textOf, wholeOf } from './loose-json.ts';

/** A panel and where it lies when every row is open. */
export interface FoundPanel {
  readonly panel: LooseObject;
  readonly grid: PanelGrid;
}

const GRID_Y_MAX = 10_000;
const GRID_H_MAX = 200;
/** Of a panel that does not say its own, in rows of the grid. */
const PANEL_HEIGHT = 8;

/** Panels of rows of before version 16 are 12 columns wide, and as high as their row says in pixels. */
const OLD_COLUMN_WIDTH = 2;
const OLD_ROW_PIXELS = 250;
/** A row of the grid with its gap. */
const PIXELS_PER_ROW = 38;

/** All panels of a dashboard, those of rows after their row. */
export function findPanels(dashboard: LooseObject): readonly FoundPanel[] {
  const old = oldRows(objectsOf(dashboard.rows));
  return [...old, ...newPanels(objectsOf(dashboard.panels), endOf(old))].map(({ panel, grid }) => ({
    panel,
    grid: { ...grid, y: Math.min(grid.y, GRID_Y_MAX) },
  }));
}

/** A row that is folded keeps its panels inside, where those below have been moved up; here they are moved down again. */
function newPanels(panels: readonly LooseObject[], start: number): readonly FoundPanel[] {
  const found: FoundPanel[] = [];
  let shift = start;
  for (const { panel, grid } of sorted(panels)) {
    const at = { ...grid, y: grid.y + shift };
    found.push({ panel, grid: at });
    const inside = panel.type === 'row' ? sorted(objectsOf(panel.panels)) : [];
    const top = inside[0]?.grid.y ?? 0;
    for (const nested of inside) {
      found.push({ panel: nested.panel, grid: { ...nested.grid, y: at.y + 1 + nested.grid.y - top } });
    }
    shift += Math.max(0, endOf(inside) - top);
  }
  return found;
}

/** From top to bottom; panels without a place below the others. */
function sorted(panels: readonly LooseObject[]): readonly FoundPanel[] {
  const placed = panels.filter(({ gridPos }) => numberOf(objectOf(gridPos).y) !== undefined);
  const found = placed.map((panel) => ({ panel, grid: gridOf(panel, 0) }));
  found.sort((a, b) => a.grid.y - b.grid.y || a.grid.x - b.grid.x);
  let end = endOf(found);
  for (const panel of panels) {
    if (numberOf(objectOf(panel.gridPos).y) === undefined) {
      const grid = gridOf(panel, end);
      found.push({ panel, grid });
      end += grid.h;
    }
  }
  return found;
}

/** Where the lowest ends. There may be too many for arguments of one call. */
function endOf(panels: readonly FoundPanel[]): number {
  return panels.reduce((most, { grid }) => Math.max(most, grid.y + grid.h), 0);
}

function gridOf({ gridPos, type }: LooseObject, y: number): PanelGrid {
  const { x, w, h, y: own } = objectOf(gridPos);
  const isRow = type === 'row';
  const left = isRow ? 0 : wholeOf(x, 0, DASHBOARD_COLUMNS - 1, 0);
  return {
    x: left,
    y: wholeOf(own, 0, GRID_Y_MAX, y),
    w: isRow ? DASHBOARD_COLUMNS : wholeOf(w, 1, DASHBOARD_COLUMNS - left, DASHBOARD_COLUMNS / 2),
    h: isRow ? 1 : wholeOf(h, 1, GRID_H_MAX, PANEL_HEIGHT),
  };
}

function oldRows(rows: readonly LooseObject[]): readonly FoundPanel[] {
  const areShown = rows.some(({ collapse, showTitle, repeat }) => collapse === true || showTitle === true || repeat);
  const found: FoundPanel[] = [];
  let y = 0;
  for (const row of rows) {
    if (areShown) {
      const { title, collapse, repeat } = row;
      const panel = { type: 'row', title, collapsed: collapse === true, repeat };
      found.push({ panel, grid: { x: 0, y, w: DASHBOARD_COLUMNS, h: 1 } });
      y += 1;
    }
    const inside = oldRowPanels(row, y);
    for (const one of inside) {
      found.push(one);
    }
    y = Math.max(y, endOf(inside));
  }
  return found;
}

function oldRowPanels(row: LooseObject, top: number): readonly FoundPanel[] {
  let [x, y, lineHeight] = [0, top, 0];
  return objectsOf(row.panels).map((panel) => {
    const w = wholeOf(panel.span, 1, DASHBOARD_COLUMNS / OLD_COLUMN_WIDTH, 4) * OLD_COLUMN_WIDTH;
    const h = oldHeight(panel.height ?? row.height);
    if (x + w > DASHBOARD_COLUMNS) {
      [x, y, lineHeight] = [0, y + lineHeight, 0];
    }
    const grid = { x, y, w, h };
    x += w;
    lineHeight = Math.max(lineHeight, h);
    return { panel, grid };
  });
}

function oldHeight(height: unknown): number {
  const pixels = numberOf(height) ?? numberOf(/^\s*(\d{1,6})px\s*$/.exec(textOf(height))?.[1]) ?? OLD_ROW_PIXELS;
  return wholeOf(Math.ceil(pixels / PIXELS_PER_ROW), 3, GRID_H_MAX, PANEL_HEIGHT);
}
