import { type MembershipView, PEOPLE_ROUTES, RoleRequest, type RoleView } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { CheckboxGroups } from '../../ui/checkbox-groups.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { permissionChoices } from './permission-groups.ts';

/** Makes a role, or changes one. */
export function RoleEditor({
  orgId,
  role,
  from,
  giver,
  onSaved,
  onClose,
}: {
  readonly orgId: string;
  /** The role that is changed; undefined for a new one. */
  readonly role: RoleView | undefined;
  /** The permissions that a new one begins with. */
  readonly from: RoleView['permissions'];
  readonly giver: MembershipView;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm({
    schema: RoleRequest,
    defaultValues: {
      name: role?.name ?? '',
      description: role?.description ?? '',
      permissions: [...(role?.permissions ?? from)],
    },
    onSave: async (body) => {
      await (role === undefined
        ? callRoute(PEOPLE_ROUTES.createRole, { body, orgId })
        : callRoute(PEOPLE_ROUTES.updateRole, { params: { id: role.id }, body, orgId }));
      announce(`The role “${body.name}” was ${role === undefined ? 'made' : 'changed'}.`);
      onSaved();
      onClose();
    },
  });
  const groups = useMemo(() => permissionChoices((each) => giver.permissions.includes(each)), [giver]);
  const { errors } = form.formState;
  return (
    <Dialog
      title={role === undefined ? 'New role' : `Change “${role.name}”`}
      {...(role === undefined || role.memberCount === 0
        ? {}
        : { description: `It holds within seconds for the ${role.memberCount} who have it.` })}
      size="wide"
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            {form.isSaving ? 'Saving…' : role === undefined ? 'Make the role' : 'Save'}
          </Button>
        </>
      }
    >
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" data-autofocus="" />}
      </Field>
      <Field label="What it is for" error={errors.description?.message}>
        {(control) => <Input {...control} {...form.register('description')} autoComplete="off" />}
      </Field>
      <div className="flex flex-col gap-1">
        <CheckboxGroups
          label="Permissions"
          groups={groups}
          value={form.watch('permissions')}
          onChange={(permissions) =>
            form.setValue('permissions', [...permissions], { shouldValidate: form.formState.isSubmitted })
          }
        />
        {errors.permissions?.message === undefined ? null : (
          <p role="alert" className="text-danger text-xs">
            {errors.permissions.message}
          </p>
        )}
      </div>
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
