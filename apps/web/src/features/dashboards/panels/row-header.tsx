import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { type RowAction, RowMenu } from '../../../ui/row-menu.tsx';
import type { PlacedPanel } from '../layout/place-panels.ts';
import { substituteText } from '../variables/substitute.ts';
import type { DashboardLook } from './dashboard-look.ts';
import { MoveButton, type OnNudge } from './move-button.tsx';
import { DRAG_CLASS } from './panel-frame.tsx';

/** The line above the panels of a row; a click folds them away. */
export function RowHeader({
  placed: { panel, own, below, grid },
  look,
  isFolded,
  actions,
  onNudge,
  onFold,
}: {
  readonly placed: PlacedPanel;
  readonly look: DashboardLook;
  readonly isFolded: boolean;
  readonly actions: readonly RowAction[];
  /** There while panels can be moved. */
  readonly onNudge?: OnNudge | undefined;
  readonly onFold: () => void;
}): ReactNode {
  const title = substituteText(panel.title, new Map([...(look.variables ?? []), ...own]));
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  return (
    <div className="flex h-full items-center gap-1">
      {onNudge === undefined ? null : <MoveButton name={`the row ${title}`} grid={grid} onNudge={onNudge} />}
      <h2 className="min-w-0">
        <button
          type="button"
          aria-expanded={!isFolded}
          className="flex h-7 max-w-full items-center gap-1 rounded-md pr-2 pl-1 font-semibold hover:bg-hover"
          onClick={onFold}
        >
          <Chevron aria-hidden className="size-4 shrink-0 text-subtle" />
          <span className="truncate">{title === '' ? 'Row' : title}</span>
          {isFolded ? (
            <span className="ml-1 shrink-0 font-normal text-subtle text-xs">
              {below} {below === 1 ? 'panel' : 'panels'}
            </span>
          ) : null}
        </button>
      </h2>
      <span aria-hidden className={`h-full flex-1 ${onNudge !== undefined ? `${DRAG_CLASS} cursor-grab` : ''}`}>
        <span className="mt-[14px] block h-px bg-line" />
      </span>
      <RowMenu label={`Actions for the row ${title}`} actions={actions} />
    </div>
  );
}
