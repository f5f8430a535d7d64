import { DASHBOARD_COLUMNS, type DashboardPanel, type PanelGrid } from '@aegisguard/model';
import type { ResolvedVariable } from '../variables/resolved-variable.ts';
import { single, type VariableScope } from '../variables/variable-scope.ts';
import { bottomOf, groupByRow, type PanelGroup } from './dashboard-rows.ts';

/** A panel as it stands on the screen. */
export interface PlacedPanel {
  /** Its own id, or of a repeated one with the value that it is there for. */
  readonly key: string;
  readonly panel: DashboardPanel;
  readonly grid: PanelGrid;
  /** Variables that mean something of their own here: of a repeated panel or row. */
  readonly own: VariableScope;
  /** Of a row: how many panels it has. */
  readonly below: number;
}

const NONE: VariableScope = new Map();

/** The values for which a panel is there, each with what its variable means then. */
function repetitions(name: string, resolved: readonly ResolvedVariable[]): readonly VariableScope[] {
  const found = resolved.find(({ variable }) => variable.name === name);
  return name === '' || found === undefined || found.value.values.length === 0
    ? [NONE]
    : found.value.values.map((value) => new Map([[name, single(value)]]));
}

function keyOf(id: string, own: VariableScope): string {
  return [id, ...[...own.values()].map(({ values }) => values.join(','))].join('~');
}

/** The panels of a group with a place relative to its top; repeated ones beside one another, then in further lines, and what is below moves down. */
function placeGroup(
  { panels }: PanelGroup,
  top: number,
  own: VariableScope,
  resolved: readonly ResolvedVariable[],
): readonly PlacedPanel[] {
  const placed: PlacedPanel[] = [];
  let pushed = 0;
  for (const panel of panels) {
    const times = repetitions(panel.repeat, resolved);
    const { x, y, w, h } = panel.grid;
    const isRepeated = times.length > 1;
    const each = Math.max(1, Math.floor((DASHBOARD_COLUMNS - (isRepeated ? 0 : x)) / w));
    times.forEach((mine, index) => {
      const scope = new Map([...own, ...mine]);
      const grid = {
        x: isRepeated ? (index % each) * w : Math.min(x, DASHBOARD_COLUMNS - w),
        y: y - top + pushed + Math.floor(index / each) * h,
        w,
        h,
      };
      placed.push({ key: keyOf(panel.id, scope), panel, grid, own: scope, below: 0 });
    });
    pushed += (Math.ceil(times.length / each) - 1) * h;
  }
  return placed;
}

/** Where every panel stands for these values of the variables; the panels of folded rows are not there, and nothing keeps room for them. */
export function placePanels(
  panels: readonly DashboardPanel[],
  resolved: readonly ResolvedVariable[],
  isFolded: (row: DashboardPanel) => boolean,
): readonly PlacedPanel[] {
  const placed: PlacedPanel[] = [];
  let y = 0;
  for (const group of groupByRow(panels)) {
    const { row } = group;
    for (const own of row === undefined ? [NONE] : repetitions(row.repeat, resolved)) {
      if (row !== undefined) {
        const grid = { x: 0, y, w: DASHBOARD_COLUMNS, h: 1 };
        placed.push({ key: keyOf(row.id, own), panel: row, grid, own, below: group.panels.length });
        y += 1;
      }
      if (row === undefined || !isFolded(row)) {
        const top = Math.min(...group.panels.map(({ grid }) => grid.y));
        const inside = placeGroup(group, top, own, resolved);
        placed.push(...inside.map((each) => ({ ...each, grid: { ...each.grid, y: each.grid.y + y } })));
        y += bottomOf(inside.map(({ panel, grid }) => ({ ...panel, grid })));
      }
    }
  }
  return placed;
}
