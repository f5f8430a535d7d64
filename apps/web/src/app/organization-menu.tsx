import { ChevronsUpDown, Plus, Settings } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
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
import { homePath, settingsPath } from './paths.ts';
import { SETTINGS_SECTIONS } from './sections.ts';
import { useMay } from './use-may.ts';
import { useMe } from './use-me.ts';

// Forms come when one is needed.
const NewOrganizationDialog = lazy(async () => ({
  default: (await import('../features/organization/new-organization-dialog.tsx')).NewOrganizationDialog,
}));

/** Which organization is looked at, and the others that one can switch to. */
export function OrganizationMenu({ orgId }: { readonly orgId: string }): ReactNode {
  const navigate = useNavigate();
  const { data: me } = useMe();
  const { shows: may } = useMay(orgId);
  const [isMaking, setMaking] = useState(false);
  const wantsNew = useRef(false);
  const current = me?.organizations.find((organization) => organization.id === orgId);
  if (me === undefined) {
    return <Skeleton className="h-5 w-28" />;
  }
  return (
    <>
      <Menu>
        <MenuTrigger
          aria-label={`Organization: ${current?.name ?? 'none'}`}
          className="flex h-8 min-w-0 max-w-56 items-center gap-1.5 rounded-md px-2 font-medium hover:bg-hover data-[state=open]:bg-hover"
        >
          <span className="truncate">{current?.name ?? 'Choose an organization'}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-subtle" />
        </MenuTrigger>
        <MenuContent
          align="start"
          className="w-64"
          // Only now does the focus go back to the trigger, which the dialog has to remember.
          onCloseAutoFocus={() => {
            setMaking(wantsNew.current);
            wantsNew.current = false;
          }}
        >
          <MenuLabel>Organizations</MenuLabel>
          <MenuRadioGroup value={orgId} onValueChange={(id) => void navigate(homePath(id))}>
            {me.organizations.map((organization) => (
              <MenuRadioItem key={organization.id} value={organization.id}>
                <span className="min-w-0 flex-1 truncate">{organization.name}</span>
                <span className="text-subtle text-xs">{organization.roleName}</span>
              </MenuRadioItem>
            ))}
          </MenuRadioGroup>
          {me.session.onlyOrganization === null ? (
            <MenuItem
              onSelect={() => {
                wantsNew.current = true;
              }}
            >
              <Plus aria-hidden />
              New organization
            </MenuItem>
          ) : null}
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
      {isMaking ? (
        <Suspense fallback={null}>
          <NewOrganizationDialog onClose={() => setMaking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
