import type { DashboardContent } from '@aegisguard/model';
import { lazy, type ReactNode, Suspense } from 'react';
import type { DashboardLook } from './panels/dashboard-look.ts';
import type { DraftControl } from './use-dashboard-draft.ts';
import type { ResolvedVariable } from './variables/resolved-variable.ts';

const PanelEditor = lazy(async () => ({ default: (await import('./editor/panel-editor.tsx')).PanelEditor }));
const RowDialog = lazy(async () => ({ default: (await import('./editor/row-dialog.tsx')).RowDialog }));
const DeletePanelDialog = lazy(async () => ({
  default: (await import('./editor/delete-panel-dialog.tsx')).DeletePanelDialog,
}));

/** The dialog that is open, and the panel that it is about. */
export interface PanelDialog {
  readonly what: 'edit' | 'row' | 'delete';
  readonly id: string;
}

/** The dialogs of panels, in edit mode. */
export function PanelDialogs({
  dialog,
  content,
  look,
  resolved,
  control,
  onClose,
}: {
  readonly dialog: PanelDialog | undefined;
  readonly content: DashboardContent;
  readonly look: DashboardLook;
  readonly resolved: readonly ResolvedVariable[];
  readonly control: DraftControl;
  readonly onClose: () => void;
}): ReactNode {
  const panel = content.panels.find(({ id }) => id === dialog?.id);
  if (dialog === undefined || panel === undefined || control.draft === undefined) {
    return null;
  }
  const names = content.variables.map(({ name }) => name);
  const onApply = (changed: typeof panel): void => {
    control.change((before) => ({
      ...before,
      panels: before.panels.map((each) => (each.id === changed.id ? changed : each)),
    }));
    onClose();
  };
  const dialogOf = (): ReactNode => {
    switch (dialog.what) {
      case 'edit':
        return (
          <PanelEditor
            panel={panel}
            look={look}
            resolved={resolved}
            variableNames={names}
            onApply={onApply}
            onClose={onClose}
          />
        );
      case 'row':
        return <RowDialog row={panel} variableNames={names} onApply={onApply} onClose={onClose} />;
      case 'delete':
        return <DeletePanelDialog panel={panel} control={control} onClose={onClose} />;
    }
  };
  return <Suspense fallback={null}>{dialogOf()}</Suspense>;
}
