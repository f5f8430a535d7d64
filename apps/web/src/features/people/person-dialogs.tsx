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

/** Asks before a person is removed. */
export function RemoveDialog({
  orgId,
  member,
  onChanged,
  onClose,
}: Parts & { readonly member: MemberView }): ReactNode {
  const removing = useMutation({
    mutationFn: () => callRoute(PEOPLE_ROUTES.removeUser, { params: { id: member.id }, orgId }),
    onSuccess: () => {
      announce(`${member.name} was removed.`);
      onChanged();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${member.name}?`}
      action={{ label: 'Remove', pendingLabel: 'Removing…' }}
      isPending={removing.isPending}
      error={errorOf(removing.error)}
      onConfirm={() => removing.mutate()}
      onClose={onClose}
    >
      <p>
        {member.email} ({roleWords(member)}) loses all access to this organization within seconds, and the invitations
        that they sent are withdrawn. Their account, what they made here and the keys stay. They come back by a new
        invitation only.
      </p>
    </ConfirmDialog>
  );
}

/** Asks before the second factors of a person are removed. */
export function SecondFactorsDialog({
  orgId,
  member,
  onChanged,
  onClose,
}: Parts & { readonly member: MemberView }): ReactNode {
  const removing = useMutation({
    mutationFn: () => callRoute(PEOPLE_ROUTES.removeSecondFactors, { params: { id: member.id }, orgId }),
    onSuccess: () => {
      announce(`The second factors of ${member.name} were removed.`);
      onChanged();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Remove the second factors of ${member.name}?`}
      action={{ label: 'Remove second factors', pendingLabel: 'Removing…' }}
      isPending={removing.isPending}
      error={errorOf(removing.error)}
      onConfirm={() => removing.mutate()}
      onClose={onClose}
    >
      <p>
        For somebody who has lost their phone and their recovery codes: be sure that it is them who asks. The
        authenticator application, the passkeys and the recovery codes of {member.email} stop working, and all their
        sessions end. They sign in with their password and set up a new factor.
      </p>
    </ConfirmDialog>
  );
}

/** Asks before an invitation is withdrawn. */
export function WithdrawDialog({
  orgId,
  invitation,
  onChanged,
  onClose,
}: Parts & { readonly invitation: InvitationView }): ReactNode {
  const withdrawing = useMutation({
    mutationFn: () => callRoute(PEOPLE_ROUTES.revokeInvitation, { params: { id: invitation.id }, orgId }),
    onSuccess: () => {
      announce(`The invitation of ${invitation.email} was withdrawn.`);
      onChanged();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Withdraw the invitation of ${invitation.name}?`}
      action={{ label: 'Withdraw', pendingLabel: 'Withdrawing…' }}
      isPending={withdrawing.isPending}
      error={errorOf(withdrawing.error)}
      onConfirm={() => withdrawing.mutate()}
      onClose={onClose}
    >
      <p>The link that was sent to {invitation.email} stops working at once.</p>
    </ConfirmDialog>
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
