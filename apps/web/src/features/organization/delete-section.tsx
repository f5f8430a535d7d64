import { ORGANIZATION_ROUTES, type OrganizationView } from '@aegisguard/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { erasurePath } from '../../app/paths.ts';
import { asApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { formatCount } from '../../lib/number-format.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Section } from '../../ui/section.tsx';
import { retentionQuery } from './organization-api.ts';
import { RECORDS, RETENTION_SIGNALS } from './retention-words.ts';

/** What will be gone, in numbers as far as they are known. */
function Losses({ organization: { id, memberCount } }: { readonly organization: OrganizationView }): ReactNode {
  const { data, error } = useQuery(retentionQuery(id));
  const counts = RETENTION_SIGNALS.flatMap((signal) => {
    const rows = data?.signals.find((each) => each.signal === signal)?.rows ?? 0;
    return rows === 0 ? [] : [`${formatCount(rows)} ${RECORDS[signal].many}`];
  });
  return (
    <ul aria-label="What is destroyed" className="mt-2 list-disc pl-5">
      <li>
        {data === undefined
          ? error === null
            ? 'All telemetry; it is being counted…'
            : 'All telemetry; how much could not be read'
          : counts.length === 0
            ? 'All telemetry; nothing is stored at the moment'
            : counts.join(', ')}
        , and whatever still waits in the queue
      </li>
      <li>security events, the audit log, dashboards and saved views</li>
      <li>all API keys: what still sends is refused within 5 seconds</li>
      <li>
        {memberCount === 1 ? 'your membership' : `the memberships of ${formatCount(memberCount)} people`}; the accounts
        stay
      </li>
    </ul>
  );
}

/** Deleting the organization with all its data. */
export function DeleteSection({ organization }: { readonly organization: OrganizationView }): ReactNode {
  const { id, name } = organization;
  const navigate = useNavigate();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const deleting = useMutation({
    mutationFn: () => callRoute(ORGANIZATION_ROUTES.deleteOrganization, { body: { name }, orgId: id }),
    onSuccess: (erasure) => {
      void navigate(erasurePath(erasure.id), { replace: true });
      void client.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return (
    <>
      <Section
        tone="danger"
        title="Delete the organization"
        description="Erases the organization and all its telemetry. You see how it goes on, and get a proof of it."
        actions={
          <Button variant="danger" onClick={() => setAsking(true)}>
            Delete the organization
          </Button>
        }
      />
      {isAsking ? (
        <ConfirmDialog
          title={`Delete ${name} with all its data?`}
          typedName={name}
          action={{ label: 'Delete for good', pendingLabel: 'Deleting…' }}
          isPending={deleting.isPending}
          error={deleting.error === null ? undefined : asApiError(deleting.error)}
          onConfirm={() => deleting.mutate()}
          onClose={() => {
            deleting.reset();
            setAsking(false);
          }}
        >
          <p>This cannot be undone. What is destroyed:</p>
          <Losses organization={organization} />
        </ConfirmDialog>
      ) : null}
    </>
  );
}
