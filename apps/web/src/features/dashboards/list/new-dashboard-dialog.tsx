import { type Dashboard, DashboardContent } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { useZodForm } from '../../../lib/use-zod-form.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { createDashboard } from '../dashboards-api.ts';
import { parseTags } from '../parse-tags.ts';

const NewForm = z.object({ title: DashboardContent.shape.title, tags: z.string().max(1000) });
type NewForm = z.infer<typeof NewForm>;

/** Makes an empty dashboard. */
export function NewDashboardDialog({
  orgId,
  onMade,
  onClose,
}: {
  readonly orgId: string;
  readonly onMade: (dashboard: Dashboard) => void;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm<NewForm, NewForm>({
    schema: NewForm,
    defaultValues: { title: '', tags: '' },
    onSave: async ({ title, tags }) =>
      onMade(await createDashboard(orgId, DashboardContent.parse({ title, tags: parseTags(tags) }))),
  });
  const { errors } = form.formState;
  return (
    <Dialog
      title="New dashboard"
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            Create
          </Button>
        </>
      }
    >
      <Field label="Title" error={errors.title?.message}>
        {(control) => <Input {...control} data-autofocus="" autoComplete="off" {...form.register('title')} />}
      </Field>
      <Field label="Tags" hint="With commas between them." error={errors.tags?.message}>
        {(control) => <Input {...control} autoComplete="off" {...form.register('tags')} />}
      </Field>
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
