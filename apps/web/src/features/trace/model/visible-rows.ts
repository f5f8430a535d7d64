import type { TraceModel } from './trace-model.ts';

/** Rows that are told to be seen, and whatever is above them: 1 for each. */
export function withAncestors({ parent, count }: TraceModel, rows: Iterable<number>): Uint8Array {
  const seen = new Uint8Array(count);
  for (const wanted of rows) {
    for (let row = wanted; row >= 0 && seen[row] === 0; row = parent[row] ?? -1) {
      seen[row] = 1;
    }
  }
  return seen;
}

/** The rows that are shown, in their order: none below a collapsed one, and none that `kept` leaves out. */
export function visibleRows(
  { end, count }: TraceModel,
  collapsed: ReadonlySet<number>,
  kept: Uint8Array | undefined,
): Int32Array {
  const rows = new Int32Array(count);
  let shown = 0;
  for (let row = 0; row < count; ) {
    if (kept !== undefined && kept[row] === 0) {
      // Whatever is kept has its ancestors with it, so nothing is below this one.
      row = end[row] ?? row + 1;
      continue;
    }
    rows[shown] = row;
    shown += 1;
    row = collapsed.has(row) ? (end[row] ?? row + 1) : row + 1;
  }
  return rows.subarray(0, shown);
}

/** Where a row stands among those that are shown; where it is not, the nearest above it. */
export function placeOf(visible: Int32Array, row: number): number {
  let low = 0;
  let high = visible.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((visible[middle] ?? 0) <= row) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return high;
}

/** Collapsed rows without those that hide the given one. */
export function revealing({ parent }: TraceModel, collapsed: ReadonlySet<number>, row: number): ReadonlySet<number> {
  let next: Set<number> | undefined;
  for (let above = parent[row] ?? -1; above >= 0; above = parent[above] ?? -1) {
    if (collapsed.has(above)) {
      next ??= new Set(collapsed);
      next.delete(above);
    }
  }
  return next ?? collapsed;
}

/** The rows of the same spans in a model that was read later: spans that came since have moved them. */
export function movedRows(before: TraceModel, after: TraceModel, rows: ReadonlySet<number>): ReadonlySet<number> {
  const moved = [...rows].map((row) => after.rowOf(before.ids[row] ?? ''));
  return new Set(moved.filter((row) => row !== undefined));
}

/** Every row that has others below it, from a depth on. */
export function collapsedFrom({ children, depth, count }: TraceModel, least: number): ReadonlySet<number> {
  const rows = new Set<number>();
  for (let row = 0; row < count; row++) {
    if ((children[row] ?? 0) > 0 && (depth[row] ?? 0) >= least) {
      rows.add(row);
    }
  }
  return rows;
}
