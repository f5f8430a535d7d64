import { Ellipsis, type LucideIcon } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Button } from './button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from './dropdown-menu.tsx';

/** Something that can be done with a row. */
export interface RowAction {
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly isDanger?: boolean;
  /** Why it cannot be done; the item is then shown, but not to be chosen. */
  readonly disabledReason?: string | undefined;
  readonly onSelect: () => void;
}

/** The menu of one row; nothing when there is nothing to do. */
export function RowMenu({
  label,
  actions,
}: {
  /** Names the row: `Actions for checkout`. */
  readonly label: string;
  readonly actions: readonly RowAction[];
}): ReactNode {
  const chosen = useRef<RowAction>(undefined);
  if (actions.length === 0) {
    return null;
  }
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={label} title={label}>
          <Ellipsis aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent
        align="end"
        // Only now does the focus go back to the button, which a dialog that the action opens has to remember.
        onCloseAutoFocus={() => {
          chosen.current?.onSelect();
          chosen.current = undefined;
        }}
      >
        {actions.map((action) => {
          const { label: words, icon: Icon, isDanger = false, disabledReason } = action;
          return (
            <MenuItem
              key={words}
              disabled={disabledReason !== undefined}
              title={disabledReason}
              className={classNames(isDanger && 'text-danger [&_svg]:text-danger')}
              onSelect={() => {
                chosen.current = action;
              }}
            >
              {Icon === undefined ? null : <Icon aria-hidden />}
              {words}
            </MenuItem>
          );
        })}
      </MenuContent>
    </Menu>
  );
}
