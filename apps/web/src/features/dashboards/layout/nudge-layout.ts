import {
  bottom,
  cloneLayout,
  type Layout,
  type LayoutItem,
  moveElement,
  verticalCompactor,
} from 'react-grid-layout/core';

/** One step by a key: of the place, or of the size. */
export interface Nudge {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
  readonly isSize: boolean;
}

type Changed = Pick<LayoutItem, 'x' | 'y' | 'w' | 'h'>;

/** Puts one item elsewhere; what is in the way goes away, and nothing hangs in the air: as when it is dragged there. */
function withItem(layout: Layout, key: string, to: Changed, columns: number): Layout {
  const copy = cloneLayout(layout);
  const item = copy.find(({ i }) => i === key);
  if (item === undefined) {
    return layout;
  }
  item.w = to.w;
  item.h = to.h;
  const moved = moveElement(copy, item, to.x, to.y, true, false, 'vertical', columns);
  return verticalCompactor.compact(moved, columns).map(({ moved: _, ...each }) => each);
}

/**
 * The layout after one key. A step across takes a column; one up or down goes past the next item, since a smaller one would only fall back. What cannot be done changes nothing.
 */
export function nudgeLayout(layout: Layout, key: string, by: Nudge, columns: number): Layout {
  const item = layout.find(({ i }) => i === key);
  if (item === undefined) {
    return layout;
  }
  const { x, y, w, h, minW = 1, minH = 1, maxH = Number.POSITIVE_INFINITY, isResizable = true } = item;
  if (by.isSize) {
    const wider = Math.min(columns - x, Math.max(minW, w + by.x));
    const higher = Math.min(maxH, Math.max(minH, h + by.y));
    return isResizable ? withItem(layout, key, { x, y, w: wider, h: higher }, columns) : layout;
  }
  const across = Math.min(columns - w, Math.max(0, x + by.x));
  if (by.y === 0) {
    return across === x ? layout : withItem(layout, key, { x: across, y, w, h }, columns);
  }
  for (let to = y + by.y; to >= 0 && to <= bottom(layout); to += by.y) {
    const next = withItem(layout, key, { x, y: to, w, h }, columns);
    const placed = next.find(({ i }) => i === key);
    if (placed !== undefined && (placed.y - y) * by.y > 0) {
      return next;
    }
  }
  return layout;
}
