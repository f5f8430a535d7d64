import type { MembershipView, MemberView } from '@aegisguard/model';
import { KeyRound, Search, ShieldOff, UserMinus, UserRoundCog, Users } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { roleWords } from '../../lib/role-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Input } from '../../ui/input.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { RowAction } from '../../ui/row-menu.tsx';
import { Section } from '../../ui/section.tsx';
import { usePeople } from './people-api.ts';

/** What is to be done with a person. */
export interface PersonTask {
  readonly kind: 'role' | 'remove' | 'reset-link' | 'second-factors';
  readonly member: MemberView;
}

function Person({ member, isSelf }: { readonly member: MemberView; readonly isSelf: boolean }): ReactNode {
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 font-medium">
        {member.name}
        {isSelf ? <span className="font-normal text-subtle text-xs">you</span> : null}
        {member.disabled ? <Badge tone="danger">Disabled</Badge> : null}
      </p>
      <p className="break-all text-muted text-xs">{member.email}</p>
    </div>
  );
}

function actionsFor(member: MemberView, me: MembershipView, isSelf: boolean, start: (task: PersonTask) => void) {
  const whyNot =
    member.role === 'owner' && me.role !== 'owner' ? 'Only an owner changes or removes an owner.' : undefined;
  return [
    {
      label: 'Change role',
      icon: UserRoundCog,
      disabledReason: whyNot,
      onSelect: () => start({ kind: 'role', member }),
    },
    {
      label: 'Make a reset link',
      icon: KeyRound,
      disabledReason: isSelf ? 'Change your own password in your account.' : whyNot,
      onSelect: () => start({ kind: 'reset-link', member }),
    },
    {
      label: 'Remove second factors',
      icon: ShieldOff,
      disabledReason: isSelf
        ? 'Change your own second factors in your account.'
        : member.mfaEnabled
          ? whyNot
          : 'This person has no second factor.',
      onSelect: () => start({ kind: 'second-factors', member }),
    },
    {
      label: 'Remove',
      icon: UserMinus,
      isDanger: true,
      disabledReason: isSelf ? 'Leave the organization in its settings.' : whyNot,
      onSelect: () => start({ kind: 'remove', member }),
    },
  ] satisfies RowAction[];
}

/** Who belongs to the organization. */
export function PeopleSection({
  orgId,
  userId,
  me,
  mayWrite,
  actions,
  onTask,
}: {
  readonly orgId: string;
  readonly userId: string;
  readonly me: MembershipView;
  readonly mayWrite: boolean;
  readonly actions: ReactNode;
  readonly onTask: (task: PersonTask) => void;
}): ReactNode {
  const [search, setSearch] = useState('');
  const people = usePeople(orgId, useDeferredValue(search.trim()));
  return (
    <Section
      title="People"
      description="Who belongs to the organization, and what they may do in it."
      className="p-0"
      actions={actions}
    >
      <div className="relative border-line border-b px-4 py-2.5">
        <Search aria-hidden className="absolute top-4.5 left-6.5 size-4 text-subtle" />
        <Input
          type="search"
          aria-label="Search people"
          placeholder="Name or e-mail"
          className="max-w-72 pl-8"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <DataTable
        label="People"
        list={people}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        columns={[
          { header: 'Name', cell: (member) => <Person member={member} isSelf={member.id === userId} /> },
          { header: 'Role', cell: (member) => roleWords(member) },
          {
            header: 'Second factor',
            cell: ({ mfaEnabled }) => (mfaEnabled ? <Badge tone="ok">On</Badge> : <Badge tone="warn">Off</Badge>),
          },
          {
            header: 'Last active',
            cell: ({ lastActiveAt }) =>
              lastActiveAt === null ? <span className="text-subtle">Never</span> : <RelativeTime time={lastActiveAt} />,
          },
          { header: 'Joined', cell: ({ joinedAt }) => <RelativeTime time={joinedAt} /> },
        ]}
        {...(mayWrite
          ? { rowActions: (member: MemberView) => actionsFor(member, me, member.id === userId, onTask) }
          : {})}
        empty={
          <EmptyState icon={Users} title="Nobody of that name">
            No name and no address contains “{search.trim()}”.
          </EmptyState>
        }
      />
    </Section>
  );
}
