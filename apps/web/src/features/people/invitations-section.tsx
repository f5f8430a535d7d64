import type { InvitationView } from '@aegisguard/model';
import { MailX } from 'lucide-react';
import type { ReactNode } from 'react';
import { roleWords } from '../../lib/role-words.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { useInvitations } from './people-api.ts';

/** Invitations that nobody has accepted yet. */
export function InvitationsSection({
  orgId,
  mayWrite,
  onWithdraw,
}: {
  readonly orgId: string;
  readonly mayWrite: boolean;
  readonly onWithdraw: (invitation: InvitationView) => void;
}): ReactNode {
  const invitations = useInvitations(orgId);
  return (
    <Section
      title="Invitations that wait"
      description="A link is shown when it is made, and never again; invite the same address once more for a new one, and the old one stops working."
      className="p-0"
    >
      <DataTable
        label="Invitations that wait"
        list={invitations}
        rowId={({ id }) => id}
        rowName={({ email }) => email}
        columns={[
          {
            header: 'Invited',
            cell: ({ name, email }) => (
              <div className="min-w-0">
                <p className="font-medium">{name}</p>
                <p className="break-all text-muted text-xs">{email}</p>
              </div>
            ),
          },
          { header: 'Role', cell: (invitation) => roleWords(invitation) },
          { header: 'By', cell: ({ invitedBy }) => invitedBy ?? <span className="text-subtle">Nobody any more</span> },
          { header: 'Sent', cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
          { header: 'Expires', cell: ({ expiresAt }) => <RelativeTime time={expiresAt} /> },
        ]}
        {...(mayWrite
          ? {
              rowActions: (invitation: InvitationView) => [
                { label: 'Withdraw', icon: MailX, isDanger: true, onSelect: () => onWithdraw(invitation) },
              ],
            }
          : {})}
        empty={<p className="p-4 text-muted">No invitation waits.</p>}
      />
    </Section>
  );
}
