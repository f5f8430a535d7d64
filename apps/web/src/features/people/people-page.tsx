import type { InvitationView } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useMay } from '../../app/use-may.ts';
import { useMe } from '../../app/use-me.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { rolesQuery } from '../../lib/organization-api.ts';
import { Button } from '../../ui/button.tsx';
import { SecretOnce } from '../../ui/secret-once.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { InvitationsSection } from './invitations-section.tsx';
import type { MadeInvitation } from './invite-dialog.tsx';
import { useAfterPeopleChange } from './people-api.ts';
import { PeopleSection, type PersonTask } from './people-section.tsx';
import { RemoveDialog, ResetLinkDialog, SecondFactorsDialog, WithdrawDialog } from './person-dialogs.tsx';

// People can be seen without these.
const InviteDialog = lazy(async () => ({ default: (await import('./invite-dialog.tsx')).InviteDialog }));
const RoleDialog = lazy(async () => ({ default: (await import('./role-dialog.tsx')).RoleDialog }));

/** What is open over the page. */
type Task =
  | PersonTask
  | { readonly kind: 'invite' }
  | { readonly kind: 'invited'; readonly invitation: MadeInvitation }
  | { readonly kind: 'withdraw'; readonly invitation: InvitationView };

function InvitationLink({
  invitation,
  onClose,
}: {
  readonly invitation: MadeInvitation;
  readonly onClose: () => void;
}) {
  const { email, url, mailed } = invitation;
  return (
    <SecretOnce
      title={`Invitation for ${email}`}
      description={`${mailed ? 'It was sent by mail, too.' : 'It was not sent by mail: hand it over yourself.'} The link is shown now and never again. Whoever opens it first can join in their place; it is good for seven days.`}
      parts={[{ label: 'Link', value: url }]}
      fileName="invitation-link.txt"
      onClose={onClose}
    />
  );
}

/** Who belongs to the organization, and who is invited. */
export function PeoplePage(): ReactNode {
  const orgId = useOrgId();
  const { may } = useMay(orgId);
  const { data: me } = useMe();
  const { data: roles } = useQuery(rolesQuery(orgId));
  const [task, setTask] = useState<Task>();
  const afterChange = useAfterPeopleChange(orgId);
  const membership = me?.organizations.find(({ id }) => id === orgId);
  if (me === undefined || membership === undefined) {
    return <Skeleton className="h-64 w-full" />;
  }
  const close = (): void => setTask(undefined);
  const mayWrite = may('users:write');
  const parts = { orgId, onChanged: afterChange, onClose: close };
  return (
    <>
      <PeopleSection
        orgId={orgId}
        userId={me.user.id}
        me={membership}
        mayWrite={mayWrite}
        onTask={setTask}
        actions={
          mayWrite ? (
            <Button variant="primary" disabled={roles === undefined} onClick={() => setTask({ kind: 'invite' })}>
              <UserPlus aria-hidden />
              Invite people
            </Button>
          ) : null
        }
      />
      <InvitationsSection
        orgId={orgId}
        mayWrite={mayWrite}
        onWithdraw={(invitation) => setTask({ kind: 'withdraw', invitation })}
      />
      <Suspense fallback={null}>
        {task?.kind === 'invite' && roles !== undefined ? (
          <InviteDialog
            orgId={orgId}
            roles={roles}
            giver={membership}
            onAdded={afterChange}
            onInvited={(invitation) => setTask({ kind: 'invited', invitation })}
            onClose={close}
          />
        ) : null}
        {task?.kind === 'invited' ? <InvitationLink invitation={task.invitation} onClose={close} /> : null}
        {task?.kind === 'withdraw' ? <WithdrawDialog {...parts} invitation={task.invitation} /> : null}
        {task?.kind === 'role' && roles !== undefined ? (
          <RoleDialog {...parts} member={task.member} roles={roles} giver={membership} />
        ) : null}
      </Suspense>
      {task?.kind === 'remove' ? <RemoveDialog {...parts} member={task.member} /> : null}
      {task?.kind === 'second-factors' ? <SecondFactorsDialog {...parts} member={task.member} /> : null}
      {task?.kind === 'reset-link' ? <ResetLinkDialog {...parts} member={task.member} /> : null}
    </>
  );
}
