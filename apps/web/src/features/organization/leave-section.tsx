import { ORGANIZATION_ROUTES, type OrganizationView } from '@aegisguard/model';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Section } from '../../ui/section.tsx';

/** Leaving the organization. */
export function LeaveSection({ organization: { id, name } }: { readonly organization: OrganizationView }): ReactNode {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const leaving = useMutation({
    mutationFn: () => callRoute(ORGANIZATION_ROUTES.leaveOrganization, { orgId: id }),
    onSuccess: async () => {
      announce(`You have left ${name}.`);
      await client.invalidateQueries({ queryKey: ['me'] });
      void navigate('/', { replace: true });
    },
  });
  return (
    <>
      <Section
        title="Leave"
        description="You lose all access to the organization; what you made in it stays. The last owner cannot leave."
        actions={<Button onClick={() => setAsking(true)}>Leave the organization</Button>}
      />
      {isAsking ? (
        <ConfirmDialog
          title={`Leave ${name}?`}
          action={{ label: 'Leave', pendingLabel: 'Leaving…' }}
          isPending={leaving.isPending}
          error={leaving.error === null ? undefined : asApiError(leaving.error)}
          onConfirm={() => leaving.mutate()}
          onClose={() => {
            leaving.reset();
            setAsking(false);
          }}
        >
          <p>You come back only if somebody invites you. Your account and your other organizations stay.</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
