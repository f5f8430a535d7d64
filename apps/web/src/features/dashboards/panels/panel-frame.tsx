import { Info, Repeat } from 'lucide-react';
import { type ReactNode, useId, useMemo } from 'react';
import { useNearScreen } from '../../../lib/use-near-screen.ts';
import { type RowAction, RowMenu } from '../../../ui/row-menu.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import type { PlacedPanel } from '../layout/place-panels.ts';
import { substituteText } from '../variables/substitute.ts';
import type { DashboardLook } from './dashboard-look.ts';
import { MoveButton, type OnNudge } from './move-button.tsx';
import { PanelBody } from './panel-body.tsx';

/** How far beyond the screen panels are asked already. */
const NEAR_PX = 240;

/** What the pointer drags in edit mode. */
export const DRAG_CLASS = 'panel-drag';

/** A panel in its frame: title, menu, content. */
export function PanelFrame({
  placed: { panel, own, grid },
  look,
  actions,
  onNudge,
}: {
  readonly placed: PlacedPanel;
  readonly look: DashboardLook;
  readonly actions: readonly RowAction[];
  /** There while panels can be moved. */
  readonly onNudge?: OnNudge | undefined;
}): ReactNode {
  const id = useId();
  const [watch, isNear] = useNearScreen<HTMLElement>(NEAR_PX);
  const scope = useMemo(() => new Map([...(look.variables ?? []), ...own]), [look.variables, own]);
  const title = substituteText(panel.title, scope);
  const description = substituteText(panel.description, scope);
  return (
    <section
      ref={watch}
      aria-labelledby={id}
      className="flex h-full min-w-0 flex-col rounded-lg border border-line bg-surface"
    >
      <header
        className={`flex h-9 shrink-0 items-center gap-1.5 pr-1 pl-3 ${onNudge !== undefined ? `${DRAG_CLASS} cursor-grab active:cursor-grabbing` : ''}`}
      >
        {onNudge === undefined ? null : (
          <MoveButton name={title === '' ? 'the panel' : title} grid={grid} onNudge={onNudge} />
        )}
        <h2 id={id} title={title} className="truncate font-medium">
          {title === '' ? <span className="text-subtle">Untitled</span> : title}
        </h2>
        {description === '' ? null : (
          <Tooltip text={description}>
            <button type="button" aria-label={`About this panel: ${description}`} className="shrink-0 text-subtle">
              <Info aria-hidden className="size-3.5" />
            </button>
          </Tooltip>
        )}
        {onNudge !== undefined && panel.repeat !== '' ? (
          <span
            title={`Once for each value of ${panel.repeat}`}
            className="flex items-center gap-1 text-subtle text-xs"
          >
            <Repeat aria-hidden className="size-3.5" />
            {panel.repeat}
          </span>
        ) : null}
        <span className="ml-auto">
          <RowMenu label={`Actions for ${title === '' ? 'the panel' : title}`} actions={actions} />
        </span>
      </header>
      <div className="min-h-0 flex-1 px-3 pb-2">
        <PanelBody panel={panel} own={own} look={look} isWanted={isNear} />
      </div>
    </section>
  );
}
