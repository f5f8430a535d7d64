import { DASHBOARD_COLUMNS } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { useMediaQuery } from '../../../lib/use-media-query.ts';
import { GAP_PX, GRID_WIDE, LINE_PX, linesPx } from './grid-measure.ts';
import type { PlacedPanel } from './place-panels.ts';

/** Panels where they stand; on narrow screens one below the other. */
export function ViewGrid({
  placed,
  draw,
}: {
  readonly placed: readonly PlacedPanel[];
  readonly draw: (panel: PlacedPanel) => ReactNode;
}): ReactNode {
  const isWide = useMediaQuery(GRID_WIDE);
  return isWide ? (
    <div
      className="grid"
      style={{
        gridTemplateColumns: `repeat(${DASHBOARD_COLUMNS}, minmax(0, 1fr))`,
        gridAutoRows: LINE_PX,
        gap: GAP_PX,
      }}
    >
      {placed.map((each) => {
        const { x, y, w, h } = each.grid;
        return (
          <div
            key={each.key}
            className="min-w-0"
            style={{ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` }}
          >
            {draw(each)}
          </div>
        );
      })}
    </div>
  ) : (
    <div className="flex flex-col" style={{ gap: GAP_PX }}>
      {placed.map((each) => (
        <div key={each.key} style={{ height: linesPx(each.grid.h) }}>
          {draw(each)}
        </div>
      ))}
    </div>
  );
}
