import { type MembershipView, type MemberView, PEOPLE_ROUTES, type RoleView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { roleTitle } from '../../lib/role-words.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RoleChoice } from './role-choice.tsx';

const FormSchema = z.object({ role: z.string().min(1) });

/** Gives a person another role. */
export function RoleDialog({
  orgId,
  member,
  roles,
  giver,
  onChanged,
  onClose,
}: {
  readonly orgId: string;
  readonly member: MemberView;
  readonly roles: readonly RoleView[];
  readonly giver: MembershipView;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm({
    schema: FormSchema,
    defaultValues: { role: member.role },
    onSave: async (body) => {
      await callRoute(PEOPLE_ROUTES.changeRole, { params: { id: member.id }, body, orgId });
      const role = roles.find(({ id }) => id === body.role);
      announce(`${member.name} is ${role === undefined ? 'changed' : roleTitle(role)} now.`);
      onChanged();
      onClose();
    },
  });
  const chosen = form.watch('role');
  return (
    <Dialog
      title={`Role of ${member.name}`}
      description="It holds within seconds, wherever they are signed in."
      size="wide"
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving || chosen === member.role}>
            {form.isSaving ? 'Changing…' : 'Change role'}
          </Button>
        </>
      }
    >
      <RoleChoice
        roles={roles}
        giver={giver}
        chosen={chosen}
        error={form.formState.errors.role?.message}
        field={form.register('role')}
      />
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
