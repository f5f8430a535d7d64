import type { DashboardPanel } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { panelsOfRow } from '../layout/dashboard-rows.ts';
import { removePanel } from '../layout/move-panels.ts';
import type { DraftControl } from '../use-dashboard-draft.ts';

/** Asks before a panel goes; of a row, whether its panels go with it. */
export function DeletePanelDialog({
  panel: { id, title, type },
  control,
  onClose,
}: {
  readonly panel: DashboardPanel;
  readonly control: DraftControl;
  readonly onClose: () => void;
}): ReactNode {
  const [withPanels, setWithPanels] = useState(false);
  const below = type === 'row' ? panelsOfRow(control.draft?.content.panels ?? [], id).length : 0;
  const what = type === 'row' ? 'row' : 'panel';
  return (
    <Dialog
      isAlert
      title={`Delete the ${what} “${title === '' ? 'Untitled' : title}”?`}
      description="Others see the dashboard as it was until you save."
      onClose={onClose}
      onSubmit={() => {
        control.change((content) => ({ ...content, panels: [...removePanel(content.panels, id, withPanels)] }));
        onClose();
      }}
      footer={
        <>
          <Button data-autofocus="" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="danger">
            Delete {what}
          </Button>
        </>
      }
    >
      {below === 0 ? undefined : (
        <Checkbox
          label={`Its ${below} ${below === 1 ? 'panel' : 'panels'}, too`}
          checked={withPanels}
          onChange={(event) => setWithPanels(event.target.checked)}
        />
      )}
    </Dialog>
  );
}
