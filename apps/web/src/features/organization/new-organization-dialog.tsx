import { NewOrganizationRequest, ORGANIZATION_ROUTES } from '@aegisguard/model';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { homePath } from '../../app/paths.ts';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Makes a further organization and goes there. */
export function NewOrganizationDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useZodForm({
    schema: NewOrganizationRequest,
    defaultValues: { name: '' },
    onSave: async (body) => {
      const { id, name } = await callRoute(ORGANIZATION_ROUTES.createOrganization, { body });
      // Its pages are shown to members only.
      await client.invalidateQueries({ queryKey: ['me'] });
      announce(`${name} was made, and you are its owner.`);
      onClose();
      void navigate(homePath(id));
    },
  });
  return (
    <Dialog
      title="New organization"
      description="With data, keys and people of its own. You become its owner."
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            {form.isSaving ? 'Making it…' : 'Make it'}
          </Button>
        </>
      }
    >
      <Field label="Name" error={form.formState.errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="off" data-autofocus="" />}
      </Field>
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
