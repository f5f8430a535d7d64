import { Building2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../ui/button.tsx';
import { homePath } from './paths.ts';
import { signOut } from './sign-out.ts';
import { useMe } from './use-me.ts';

/** Shown when the address names an organization that one does not belong to, or when one belongs to none. */
export function NoOrganization(): ReactNode {
  const navigate = useNavigate();
  const { data: me } = useMe();
  const organizations = me?.organizations ?? [];
  return (
    <main className="flex h-full flex-col items-center justify-center gap-3 p-6 text-center">
      <Building2 aria-hidden className="size-6 text-subtle" />
      <h1 className="font-semibold text-base">You do not belong to this organization</h1>
      <p className="max-w-md text-muted">
        The link may come from another organization, or your membership has ended. Ask an owner or an admin to add{' '}
        {me?.user.email ?? 'you'}.
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {organizations.map((organization) => (
          <Button key={organization.id} onClick={() => void navigate(homePath(organization.id))}>
            Open {organization.name}
          </Button>
        ))}
        <Button variant="ghost" onClick={() => void signOut(navigate)}>
          Sign out
        </Button>
      </div>
    </main>
  );
}
