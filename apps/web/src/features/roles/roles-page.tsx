import type { MembershipView, RoleView } from '@aegisguard/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, Pencil, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../app/use-may.ts';
import { useMe } from '../../app/use-me.ts';
import { useOrgId } from '../../app/use-org-id.ts';
import { asApiError } from '../../lib/api-error.ts';
import { formatCount } from '../../lib/number-format.ts';
import { rolesQuery } from '../../lib/organization-api.ts';
import { roleTitle } from '../../lib/role-words.ts';
import type { RowList } from '../../lib/use-cursor-list.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { RowAction } from '../../ui/row-menu.tsx';
import { Section } from '../../ui/section.tsx';
import { DeleteRoleDialog } from './delete-role-dialog.tsx';
import { PermissionMatrix } from './permission-matrix.tsx';
import { RoleEditor } from './role-editor.tsx';

type Task =
  | { readonly kind: 'new'; readonly from: RoleView['permissions'] }
  | { readonly kind: 'edit' | 'delete'; readonly role: RoleView };

function useRoles(orgId: string): RowList<RoleView> {
  const { data, error, refetch } = useQuery(rolesQuery(orgId));
  return {
    rows: data,
    error: error === null ? undefined : asApiError(error),
    retry: () => void refetch(),
    more: undefined,
    isLoadingMore: false,
  };
}

function actionsFor(role: RoleView, giver: MembershipView, start: (task: Task) => void): readonly RowAction[] {
  const mayGive = role.permissions.filter((permission) => giver.permissions.includes(permission));
  const copy = { label: 'Make one like it', icon: Copy, onSelect: () => start({ kind: 'new', from: mayGive }) };
  if (role.builtIn) {
    return [copy];
  }
  return [
    { label: 'Change', icon: Pencil, onSelect: () => start({ kind: 'edit', role }) },
    copy,
    {
      label: 'Delete',
      icon: Trash2,
      isDanger: true,
      disabledReason: role.memberCount > 0 ? 'Give those who have it another role first.' : undefined,
      onSelect: () => start({ kind: 'delete', role }),
    },
  ];
}

/** Built-in roles and the organization's own, and what each may do. */
export function RolesPage(): ReactNode {
  const orgId = useOrgId();
  const client = useQueryClient();
  const { may } = useMay(orgId);
  const { data: me } = useMe();
  const giver = me?.organizations.find(({ id }) => id === orgId);
  const [task, setTask] = useState<Task>();
  const list = useRoles(orgId);
  const mayWrite = may('users:write') && giver !== undefined;
  const close = (): void => setTask(undefined);
  const afterChange = (): void => {
    for (const queryKey of [['roles', orgId], ['people', orgId], ['invitations', orgId], ['me']]) {
      void client.invalidateQueries({ queryKey });
    }
  };
  return (
    <>
      <Section
        title="Roles"
        description="Four that everybody has, and the organization’s own. Nobody can give what they may not do themselves."
        className="p-0"
        actions={
          mayWrite ? (
            <Button variant="primary" onClick={() => setTask({ kind: 'new', from: [] })}>
              <Plus aria-hidden />
              New role
            </Button>
          ) : null
        }
      >
        <DataTable
          label="Roles"
          list={list}
          rowId={({ id }) => id}
          rowName={roleTitle}
          columns={[
            {
              header: 'Name',
              cell: (role) => (
                <div className="min-w-0">
                  <p className="flex flex-wrap items-center gap-2 font-medium">
                    {roleTitle(role)}
                    {role.builtIn ? <Badge>Built in</Badge> : null}
                  </p>
                  <p className="text-muted text-xs">{role.description}</p>
                </div>
              ),
            },
            { header: 'Permissions', isNumber: true, cell: ({ permissions }) => permissions.length },
            { header: 'People and invitations', isNumber: true, cell: ({ memberCount }) => formatCount(memberCount) },
          ]}
          {...(mayWrite ? { rowActions: (role: RoleView) => actionsFor(role, giver, setTask) } : {})}
          empty={null}
        />
      </Section>
      {list.rows === undefined ? null : (
        <Section title="What each role may do" className="p-0">
          <PermissionMatrix roles={list.rows} />
        </Section>
      )}
      {task === undefined || giver === undefined ? null : task.kind === 'delete' ? (
        <DeleteRoleDialog orgId={orgId} role={task.role} onDeleted={afterChange} onClose={close} />
      ) : (
        <RoleEditor
          orgId={orgId}
          role={task.kind === 'edit' ? task.role : undefined}
          from={task.kind === 'new' ? task.from : []}
          giver={giver}
          onSaved={afterChange}
          onClose={close}
        />
      )}
    </>
  );
}
