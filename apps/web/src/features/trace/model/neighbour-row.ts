import type { TraceModel } from './trace-model.ts';

function siblingAfter({ parent, end, count }: TraceModel, row: number): number | undefined {
  const above = parent[row] ?? -1;
  const next = end[row] ?? count;
  return next < (above < 0 ? count : (end[above] ?? 0)) ? next : undefined;
}

function siblingBefore({ parent }: TraceModel, row: number): number | undefined {
  const above = parent[row] ?? -1;
  let before = row - 1;
  // What stands before a row is its parent, its last sibling, or something below that one.
  while (before > above && (parent[before] ?? -1) !== above) {
    before = parent[before] ?? -1;
  }
  return before > above ? before : undefined;
}

/** The row that an arrow key leads to in a picture of a tree: up to the parent, down to the first child, left and right to siblings. */
export function neighbourRow(model: TraceModel, row: number, key: string): number | undefined {
  const above = model.parent[row] ?? -1;
  switch (key) {
    case 'ArrowUp':
      return above < 0 ? undefined : above;
    case 'ArrowDown':
      return (model.children[row] ?? 0) > 0 ? row + 1 : undefined;
    case 'ArrowRight':
      return siblingAfter(model, row);
    case 'ArrowLeft':
      return siblingBefore(model, row);
    default:
      return undefined;
  }
}
