import { ChevronsUpDown, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '../ui/dropdown-menu.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { logsPath, settingsPath } from './paths.ts';
import { SETTINGS_SECTIONS } from './sections.ts';
import { useMay } from './use-may.ts';
import { useMe } from './use-me.ts';

/** Which organization is looked at, and the others that one can switch to. */
export function OrganizationMenu({ orgId }: { readonly orgId: string }): ReactNode {
  const navigate = useNavigate();
  const { data: me } = useMe();
  const { shows: may } = useMay(orgId);
  const current = me?.organizations.find((organization) => organization.id === orgId);
  if (me === undefined) {
    return <Skeleton className="h-5 w-28" />;
  }
  return (
    <Menu>
      <MenuTrigger
        aria-label={`Organization: ${current?.name ?? 'none'}`}
        className="flex h-8 min-w-0 max-w-56 items-center gap-1.5 rounded-md px-2 font-medium hover:bg-hover data-[state=open]:bg-hover"
      >
        <span className="truncate">{current?.name ?? 'Choose an organization'}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-subtle" />
      </MenuTrigger>
      <MenuContent align="start" className="w-64">
        <MenuLabel>Organizations</MenuLabel>
        <MenuRadioGroup value={orgId} onValueChange={(id) => void navigate(logsPath(id))}>
          {me.organizations.map((organization) => (
            <MenuRadioItem key={organization.id} value={organization.id}>
              <span className="min-w-0 flex-1 truncate">{organization.name}</span>
              <span className="text-subtle text-xs">{organization.role}</span>
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
        {SETTINGS_SECTIONS.some(({ permission }) => may(permission)) ? (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => void navigate(settingsPath(orgId))}>
              <Settings aria-hidden />
              Settings
            </MenuItem>
          </>
        ) : null}
      </MenuContent>
    </Menu>
  );
}
