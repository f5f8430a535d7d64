import { Menu as MenuIcon, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { NavLink } from 'react-router';
import { IconButton } from '../ui/icon-button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Mark } from './mark.tsx';
import { visibleGroups } from './nav-items.ts';
import { useMay } from './use-may.ts';
import { UserMenuItems } from './user-menu-items.tsx';

function DrawerPages({ orgId, onChosen }: { readonly orgId: string; readonly onChosen: () => void }): ReactNode {
  const groups = visibleGroups(useMay(orgId).shows);
  return groups.map((items) => (
    <li key={items[0]?.label} className="border-line border-b py-2 last:border-b-0">
      <ul className="flex flex-col gap-1">
        {items.map(({ label, icon: Icon, path }) => (
          <li key={label}>
            <NavLink
              to={path(orgId)}
              onClick={onChosen}
              className="flex h-10 items-center gap-3 rounded-md px-3 text-muted hover:bg-hover aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text"
            >
              <Icon aria-hidden className="size-4.5" />
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </li>
  ));
}

/** The navigation of narrow windows: a button that opens a drawer with the same pages and the person. */
export function NavDrawer({ orgId }: { readonly orgId: string | undefined }): ReactNode {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <IconButton
        label="Open navigation"
        className="-ml-1.5 md:hidden"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <MenuIcon aria-hidden />
      </IconButton>
      {open ? (
        <Sheet label="Navigation" side="left" onClose={close}>
          <nav aria-label="Main" className="flex h-full flex-col p-3">
            <div className="flex items-center gap-2">
              <Mark className="size-6" />
              <span className="flex-1 font-semibold text-base">AegisGuard</span>
              <IconButton label="Close navigation" onClick={close}>
                <X aria-hidden />
              </IconButton>
            </div>
            <ul className="scrollbar-slim mt-3 min-h-0 flex-1 overflow-y-auto">
              {orgId === undefined ? null : <DrawerPages orgId={orgId} onChosen={close} />}
            </ul>
            <UserMenuItems onChosen={close} />
          </nav>
        </Sheet>
      ) : null}
    </>
  );
}
