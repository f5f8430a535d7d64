import type { Dashboard, DashboardContent, DashboardPanel } from '@aegisguard/model';
import { LayoutDashboard, Minimize2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useMay } from '../../app/use-may.ts';
import { useMediaQuery } from '../../lib/use-media-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AddPanelMenu } from './editor/add-panel-menu.tsx';
import { GRID_WIDE } from './layout/grid-measure.ts';
import { movePanels } from './layout/move-panels.ts';
import { type PlacedPanel, placePanels } from './layout/place-panels.ts';
import { ViewGrid } from './layout/view-grid.tsx';
import { panelActions } from './panel-actions.tsx';
import { type PanelDialog, PanelDialogs } from './panel-dialogs.tsx';
import type { DashboardLook } from './panels/dashboard-look.ts';
import type { OnNudge } from './panels/move-button.tsx';
import { PanelFrame } from './panels/panel-frame.tsx';
import { RowHeader } from './panels/row-header.tsx';
import type { DraftControl } from './use-dashboard-draft.ts';
import type { ResolvedVariable } from './variables/resolved-variable.ts';

// Only those who change a dashboard drag its panels.
const EditGrid = lazy(async () => ({ default: (await import('./layout/edit-grid.tsx')).EditGrid }));

interface PanelsProps {
  readonly content: DashboardContent;
  readonly dashboard: Dashboard;
  readonly look: DashboardLook;
  readonly resolved: readonly ResolvedVariable[];
  readonly control: DraftControl;
  /** The key of the one panel that fills the page. */
  readonly shown: string | undefined;
  readonly onShow: (key: string | undefined) => void;
}

/** Which rows are folded: as the dashboard says, until one is clicked. */
function useFolding(control: DraftControl) {
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isEditing = control.draft !== undefined;
  const isFolded = useCallback(
    (row: DashboardPanel): boolean =>
      isEditing ? row.options.isCollapsed : (turned.get(row.id) ?? row.options.isCollapsed),
    [isEditing, turned],
  );
  const fold = (row: DashboardPanel): void => {
    const isCollapsed = !isFolded(row);
    if (isEditing) {
      control.change((content) => ({
        ...content,
        panels: content.panels.map((panel) =>
          panel.id === row.id ? { ...panel, options: { ...panel.options, isCollapsed } } : panel,
        ),
      }));
    } else {
      setTurned((before) => new Map([...before, [row.id, isCollapsed]]));
    }
  };
  return { isFolded, fold };
}

function NoPanels({ control, dashboard, look }: Pick<PanelsProps, 'control' | 'dashboard' | 'look'>): ReactNode {
  const mayWrite = useMay(look.orgId).may('dashboards:write');
  return (
    <EmptyState
      icon={LayoutDashboard}
      title="No panels yet"
      action={
        control.draft === undefined ? (
          mayWrite ? (
            <Button variant="primary" onClick={() => control.start(dashboard)}>
              Edit
            </Button>
          ) : undefined
        ) : undefined
      }
    >
      A panel shows what one or more queries answer: choose a metric, and it begins with a query that suits it.
    </EmptyState>
  );
}

/** The panels of a dashboard, or the one that is looked at alone. */
export function DashboardPanels(props: PanelsProps): ReactNode {
  const { content, dashboard, look, resolved, control, shown, onShow } = props;
  const isEditing = control.draft !== undefined;
  const isWide = useMediaQuery(GRID_WIDE);
  const [dialog, setDialog] = useState<PanelDialog>();
  const { isFolded, fold } = useFolding(control);
  const placed = useMemo(
    // What is edited is there once.
    () => placePanels(content.panels, isEditing ? [] : resolved, isFolded),
    [content.panels, isEditing, resolved, isFolded],
  );
  const single =
    shown === undefined
      ? undefined
      : placePanels(content.panels, resolved, () => false).find(({ key }) => key === shown);
  const draw = (each: PlacedPanel, onNudge?: OnNudge): ReactNode => {
    const actions = panelActions({ placed: each, look, control, dashboard, onShow, onDialog: setDialog });
    return each.panel.type === 'row' ? (
      <RowHeader
        placed={each}
        look={look}
        isFolded={isFolded(each.panel)}
        actions={actions}
        onNudge={onNudge}
        onFold={() => fold(each.panel)}
      />
    ) : (
      <PanelFrame placed={each} look={look} actions={actions} onNudge={onNudge} />
    );
  };
  return (
    <>
      {single !== undefined ? (
        <div className="flex h-[calc(100dvh-8rem)] min-h-80 flex-col gap-2">
          <Button className="w-fit" onClick={() => onShow(undefined)}>
            <Minimize2 aria-hidden />
            All panels
          </Button>
          <div className="min-h-0 flex-1">{draw(single)}</div>
        </div>
      ) : content.panels.length === 0 ? (
        <NoPanels control={control} dashboard={dashboard} look={look} />
      ) : isEditing && isWide ? (
        <Suspense fallback={<ViewGrid placed={placed} draw={draw} />}>
          <EditGrid
            placed={placed}
            draw={draw}
            onMove={(places) =>
              control.change((before) => ({ ...before, panels: [...movePanels(before.panels, places, isFolded)] }))
            }
          />
        </Suspense>
      ) : (
        <ViewGrid placed={placed} draw={draw} />
      )}
      {isEditing && single === undefined ? (
        <div className="flex justify-center pb-6">
          <AddPanelMenu control={control} onAdded={(id) => setDialog({ what: 'edit', id })} />
        </div>
      ) : null}
      <PanelDialogs
        dialog={dialog}
        content={content}
        look={look}
        resolved={resolved}
        control={control}
        onClose={() => setDialog(undefined)}
      />
    </>
  );
}
