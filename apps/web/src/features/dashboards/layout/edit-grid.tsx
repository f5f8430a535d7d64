import 'react-grid-layout/css/styles.css';
import './edit-grid.css';
import { DASHBOARD_COLUMNS, type PanelGrid } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { GridLayout, type Layout } from 'react-grid-layout';
import { useElementWidth } from '../../../lib/use-element-width.ts';
import { MOVE_CLASS, type OnNudge } from '../panels/move-button.tsx';
import { DRAG_CLASS } from '../panels/panel-frame.tsx';
import { GAP_PX, LINE_PX } from './grid-measure.ts';
import { nudgeLayout } from './nudge-layout.ts';
import type { PlacedPanel } from './place-panels.ts';

const GRID = {
  cols: DASHBOARD_COLUMNS,
  rowHeight: LINE_PX,
  margin: [GAP_PX, GAP_PX],
  containerPadding: [0, 0],
} as const;
const DRAG = { enabled: true, handle: `.${DRAG_CLASS}`, cancel: `button:not(.${MOVE_CLASS})` };
const RESIZE = { enabled: true, handles: ['se'] } as const;

function layoutOf(placed: readonly PlacedPanel[]): Layout {
  return placed.map(({ key, panel, grid }) => ({
    i: key,
    ...grid,
    minW: 2,
    ...(panel.type === 'row' ? { isResizable: false, maxH: 1 } : { minH: 2 }),
  }));
}

/** Panels that can be dragged by their title and resized by their corner, or both by keys. */
export function EditGrid({
  placed,
  draw,
  onMove,
}: {
  readonly placed: readonly PlacedPanel[];
  readonly draw: (panel: PlacedPanel, onNudge: OnNudge) => ReactNode;
  readonly onMove: (places: ReadonlyMap<string, PanelGrid>) => void;
}): ReactNode {
  const [measure, width] = useElementWidth<HTMLDivElement>();
  const layout = useMemo(() => layoutOf(placed), [placed]);
  const take = (moved: Layout): void => {
    const before = new Map(placed.map(({ key, grid }) => [key, grid]));
    const isMoved = moved.some(({ i, x, y, w, h }) => {
      const was = before.get(i);
      return was === undefined || was.x !== x || was.y !== y || was.w !== w || was.h !== h;
    });
    if (isMoved) {
      onMove(new Map(moved.map(({ i, x, y, w, h }) => [i, { x, y, w, h }])));
    }
  };
  return (
    <div ref={measure} className="min-w-0">
      {/* The library writes a style element, which the content security policy forbids, unless there is one of this name; edit-grid.css has its rule. */}
      <span hidden id="react-draggable-style-el" />
      {width === 0 ? null : (
        <GridLayout
          width={width}
          layout={layout}
          gridConfig={GRID}
          dragConfig={DRAG}
          resizeConfig={RESIZE}
          onDragStop={take}
          onResizeStop={take}
        >
          {placed.map((each) => (
            <div key={each.key} className="min-w-0">
              {draw(each, (by) => take(nudgeLayout(layout, each.key, by, DASHBOARD_COLUMNS)))}
            </div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}
