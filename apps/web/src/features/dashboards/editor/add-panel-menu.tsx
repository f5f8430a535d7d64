import { type DashboardPanel, PANEL_TYPES } from '@aegisguard/model';
import { ChevronDown, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../ui/dropdown-menu.tsx';
import { addPanel, freeId } from '../layout/move-panels.ts';
import type { DraftControl } from '../use-dashboard-draft.ts';
import { newPanel } from './panel-defaults.ts';
import { PANEL_TYPE_WORDS } from './panel-type-words.ts';

/** Adds a panel of the chosen type below all others, and opens its editor. */
export function AddPanelMenu({
  control,
  onAdded,
}: {
  readonly control: DraftControl;
  readonly onAdded: (id: string) => void;
}): ReactNode {
  const add = (type: DashboardPanel['type']): void => {
    const panels = control.draft?.content.panels ?? [];
    const id = freeId(panels);
    control.change((content) => ({ ...content, panels: [...addPanel(content.panels, newPanel(type))] }));
    if (type !== 'row') {
      onAdded(id);
    }
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          Add panel
          <ChevronDown aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="center">
        {PANEL_TYPES.map((type) => {
          const { name, icon: Icon } = PANEL_TYPE_WORDS[type];
          return (
            <MenuItem key={type} onSelect={() => add(type)}>
              <Icon aria-hidden />
              {name}
            </MenuItem>
          );
        })}
      </MenuContent>
    </Menu>
  );
}
