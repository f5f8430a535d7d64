/** Pixels of a line of the grid; as Grafana's, so that its dashboards keep their shape. */
export const LINE_PX = 30;

/** Pixels between panels. */
export const GAP_PX = 8;

/** Windows with room for more than one column of panels. */
export const GRID_WIDE = '(min-width: 48rem)';

/** How high so many lines are. */
export function linesPx(lines: number): number {
  return lines * LINE_PX + (lines - 1) * GAP_PX;
}
