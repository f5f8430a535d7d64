import type { Dashboard } from '@aegisguard/model';
import { ChartSpline, Copy, Maximize2, Pencil, Trash2 } from 'lucide-react';
import type { RowAction } from '../../ui/row-menu.tsx';
import { explorerLink } from './explorer-link.ts';
import { duplicatePanel } from './layout/move-panels.ts';
import type { PlacedPanel } from './layout/place-panels.ts';
import type { PanelDialog } from './panel-dialogs.tsx';
import type { DashboardLook } from './panels/dashboard-look.ts';
import type { DraftControl } from './use-dashboard-draft.ts';

interface ActionParts {
  readonly placed: PlacedPanel;
  readonly look: DashboardLook;
  readonly control: DraftControl;
  readonly dashboard: Dashboard;
  readonly onShow: (key: string | undefined) => void;
  readonly onDialog: (dialog: PanelDialog) => void;
}

function changes({ placed: { panel }, control, onDialog }: ActionParts): readonly RowAction[] {
  const { id, type } = panel;
  return [
    { label: 'Edit…', icon: Pencil, onSelect: () => onDialog({ what: type === 'row' ? 'row' : 'edit', id }) },
    ...(type === 'row'
      ? []
      : [
          {
            label: 'Duplicate',
            icon: Copy,
            onSelect: () =>
              control.change((content) => ({ ...content, panels: [...duplicatePanel(content.panels, id)] })),
          },
        ]),
    { label: 'Delete…', icon: Trash2, isDanger: true, onSelect: () => onDialog({ what: 'delete', id }) },
  ];
}

/** What can be done with a panel. */
export function panelActions(parts: ActionParts): readonly RowAction[] {
  const { placed, look, control, onShow } = parts;
  const { panel, key } = placed;
  const link = explorerLink(placed, look);
  return [
    ...(panel.type === 'row' ? [] : [{ label: 'View full screen', icon: Maximize2, onSelect: () => onShow(key) }]),
    ...(link === undefined
      ? []
      : [
          {
            label: 'Open in explorer',
            icon: ChartSpline,
            onSelect: () => void window.open(link, '_blank', 'noopener'),
          },
        ]),
    ...(control.draft === undefined ? [] : changes(parts)),
  ];
}
