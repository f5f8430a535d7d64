import { type InvitationView, type MemberView, PEOPLE_ROUTES } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { roleWords } from '../../lib/role-words.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { SecretOnce } from '../../ui/secret-once.tsx';

interface Parts {
  readonly orgId: string;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

const errorOf = (error: Error | null) => (error === null ? undefined : asApiError(error));

/** Asks before something is taken away; says what was done, and closes when it is. */
function ConfirmChange({
  title,
  action,
  change,
  done,
  onChanged,
  onClose,
  children,
}: Omit<Parts, 'orgId'> & {
  readonly title: string;
  readonly action: { readonly label: string; readonly pendingLabel: string };
  readonly change: () => Promise<null>;
  readonly done: string;
  readonly children: ReactNode;
}): ReactNode {
  const changing = useMutation({
    mutationFn: change,
    onSuccess: () => {
      announce(done);
      onChanged();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={title}
      action={action}
      isPending={changing.isPending}
      error={errorOf(changing.error)}
      onConfirm={() => changing.mutate()}
      onClose={onClose}
    >
      <p>{children}</p>
    </ConfirmDialog>
  );
}

/** Asks before a person is removed. */
export function RemoveDialog({ orgId, member, ...rest }: Parts & { readonly member: MemberView }): ReactNode {
  return (
    <ConfirmChange
      title={`Remove ${member.name}?`}
      action={{ label: 'Remove', pendingLabel: 'Removing…' }}
      change={() => callRoute(PEOPLE_ROUTES.removeUser, { params: { id: member.id }, orgId })}
      done={`${member.name} was removed.`}
      {...rest}
    >
      {member.email} ({roleWords(member)}) loses all access to this organization within seconds, and the invitations
      that they sent are withdrawn. Their account, what they made here and the keys stay. They come back by a new
      invitation only.
    </ConfirmChange>
  );
}

/** Asks before the second factors of a person are removed. */
export function SecondFactorsDialog({ orgId, member, ...rest }: Parts & { readonly member: MemberView }): ReactNode {
  return (
    <ConfirmChange
      title={`Remove the second factors of ${member.name}?`}
      action={{ label: 'Remove second factors', pendingLabel: 'Removing…' }}
      change={() => callRoute(PEOPLE_ROUTES.removeSecondFactors, { params: { id: member.id }, orgId })}
      done={`The second factors of ${member.name} were removed.`}
      {...rest}
    >
      For somebody who has lost their phone and their recovery codes: be sure that it is them who asks. The
      authenticator application, the passkeys and the recovery codes of {member.email} stop working, and all their
      sessions end. They sign in with their password and set up a new factor.
    </ConfirmChange>
  );
}

/** Asks before an invitation is withdrawn. */
export function WithdrawDialog({
  orgId,
  invitation,
  ...rest
}: Parts & { readonly invitation: InvitationView }): ReactNode {
  return (
    <ConfirmChange
      title={`Withdraw the invitation of ${invitation.name}?`}
      action={{ label: 'Withdraw', pendingLabel: 'Withdrawing…' }}
      change={() => callRoute(PEOPLE_ROUTES.revokeInvitation, { params: { id: invitation.id }, orgId })}
      done={`The invitation of ${invitation.email} was withdrawn.`}
      {...rest}
    >
      The link that was sent to {invitation.email} stops working at once.
    </ConfirmChange>
  );
}

/** Makes a link with which a person chooses a new password, and shows it this once. */
export function ResetLinkDialog({
  orgId,
  member,
  onClose,
}: Omit<Parts, 'onChanged'> & { readonly member: MemberView }): ReactNode {
  const making = useMutation({
    mutationFn: () => callRoute(PEOPLE_ROUTES.makeResetLink, { params: { id: member.id }, orgId }),
  });
  if (making.data !== undefined) {
    return (
      <SecretOnce
        title={`Reset link for ${member.name}`}
        description={
          <>
            It is shown now and never again. Whoever opens it first chooses the password of {member.email}: hand it over
            where only they can read it. It expires <RelativeTime time={making.data.expiresAt} />.
          </>
        }
        parts={[{ label: 'Link', value: making.data.url }]}
        fileName="reset-link.txt"
        onClose={onClose}
      />
    );
  }
  const error = errorOf(making.error);
  return (
    <Dialog
      title={`Make a reset link for ${member.name}?`}
      description="For somebody who has forgotten their password and cannot get mail. It is good for one day and one use; their present password works until then."
      onClose={onClose}
      onSubmit={() => making.mutate()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={making.isPending}>
            {making.isPending ? 'Making…' : 'Make the link'}
          </Button>
        </>
      }
    >
      {error === undefined ? undefined : (
        <Notice kind="error">
          {error.title}. {error.detail}
        </Notice>
      )}
    </Dialog>
  );
}
